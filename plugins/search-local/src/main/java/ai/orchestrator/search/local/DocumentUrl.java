package ai.orchestrator.search.local;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The address of a document: {@code doc:} and its path within the folder. */
final class DocumentUrl {
    private DocumentUrl() {}

    static String of(String name) {
        return Arrays.stream(name.split("/", -1))
                .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(Collectors.joining("/", "doc:", ""));
    }
}
