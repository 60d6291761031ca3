package ai.orchestrator.server.http;

import ai.orchestrator.server.orchestration.Caller;
import io.helidon.http.Header;
import io.helidon.http.Headers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes {@link Caller}s out of headers. */
final class Callers {
    private static final Set<String> CREDENTIALS =
            Set.of("authorization", "proxy-authorization", "cookie", "x-api-key", "api-key", "x-goog-api-key");
    private static final List<String> SUSPECT = List.of("token", "secret", "password", "apikey", "api-key", "auth");

    private Callers() {}

    static Caller of(Headers headers, String tenant) {
        Map<String, String> kept = HashMap.newHashMap(headers.size());
        for (Header header : headers) {
            String name = header.headerName().lowerCase();
            if (!isCredential(name)) {
                kept.put(name, header.valueCount() == 1 ? header.get() : String.join(", ", header.allValues()));
            }
        }
        return new Caller(tenant, kept);
    }

    private static boolean isCredential(String name) {
        if (CREDENTIALS.contains(name)) {
            return true;
        }
        for (String part : SUSPECT) {
            if (name.contains(part)) {
                return true;
            }
        }
        return false;
    }
}
