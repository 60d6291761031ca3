package ai.orchestrator.bench.peer;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A program that reads each request and answers all with the same bytes: what the web server alone can do. */
public final class Floor {
    private Floor() {}

    /** Takes the port, the path, a file of header lines and a file with the body. */
    public static void main(String[] arguments) throws IOException {
        List<Header> headers = Files.readAllLines(Path.of(arguments[2])).stream()
                .map(line -> line.split(": ", 2))
                .map(parts -> HeaderValues.create(HeaderNames.create(parts[0]), parts[1]))
                .toList();
        byte[] body = Files.readAllBytes(Path.of(arguments[3]));
        BareServer.start(
                Integer.parseInt(arguments[0]),
                routing -> routing.post(arguments[1], (request, response) -> answer(request, response, headers, body)));
    }

    private static void answer(ServerRequest request, ServerResponse response, List<Header> headers, byte[] body)
            throws IOException {
        request.content().inputStream().readAllBytes();
        headers.forEach(response::header);
        response.send(body);
    }
}
