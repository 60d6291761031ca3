package ai.orchestrator.server.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** The names of requests: the client's own if it is a sane one, else a new one. */
final class RequestIds {
    static final HeaderName HEADER = HeaderNames.create("X-Request-Id");

    private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

    private RequestIds() {}

    static String of(Headers headers) {
        if (headers.contains(HEADER)) {
            String given = headers.get(HEADER).get();
            if (SANE.matcher(given).matches()) {
                return given;
            }
        }
        ThreadLocalRandom random = ThreadLocalRandom.current();
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
    }
}
