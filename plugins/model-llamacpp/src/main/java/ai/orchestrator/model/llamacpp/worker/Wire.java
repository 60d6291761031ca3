package ai.orchestrator.model.llamacpp.worker;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** One end of a connection between parent and worker: messages as lines of JSON. */
public final class Wire implements Closeable {
    // both ends are ours, so a prompt may be as long as the host lets it be; escapes carry also halves of characters
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                    .build())
            .build();

    private final SocketChannel channel;
    private final BufferedReader in;
    private final OutputStream out;

    public Wire(SocketChannel channel) {
        this.channel = channel;
        this.in = new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
        this.out = Channels.newOutputStream(channel);
    }

    /** Sends one message. */
    public void send(Object message) throws IOException {
        out.write(line(message));
    }

    /** Waits for the next message; empty when the other end has closed the connection. */
    public <T> Optional<T> receive(Class<T> type) throws IOException {
        String line = in.readLine();
        return line == null ? Optional.empty() : Optional.of(parse(line, type));
    }

    /** Tells the other end that nothing more comes from here; what it still sends can be received. */
    public void finish() throws IOException {
        channel.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** A message as a line of JSON, end of line included. */
    public static byte[] line(Object message) throws IOException {
        byte[] json = JSON.writeValueAsBytes(message);
        byte[] line = new byte[json.length + 1];
        System.arraycopy(json, 0, line, 0, json.length);
        line[json.length] = '\n';
        return line;
    }

    /** A value as JSON. */
    static String text(Object value) throws IOException {
        return JSON.writeValueAsString(value);
    }

    /** The message that a line holds. */
    public static <T> T parse(String line, Class<T> type) throws IOException {
        return JSON.readValue(line, type);
    }
}
