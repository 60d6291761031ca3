package ai.orchestrator.server.keys;

import ai.orchestrator.server.orchestration.RequestFingerprint;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/** Requests with the keys that they have had ever since the canonical form was last changed, in {@code golden-keys.json}. */
final class GoldenKeys {
    private GoldenKeys() {}

    /** A request, and the key that it must have, as MD5 and SHA-256 in hexadecimal digits. */
    record Golden(String path, String body, String md5, String sha256) {}

    static List<Golden> read() throws IOException {
        List<Golden> all = new ArrayList<>();
        try (InputStream file = GoldenKeys.class.getResourceAsStream("golden-keys.json")) {
            for (JsonNode golden : new ObjectMapper().readTree(Objects.requireNonNull(file, "golden-keys.json"))) {
                all.add(new Golden(
                        golden.path("path").asText(),
                        golden.path("body").toString(),
                        golden.path("md5").asText(),
                        golden.path("sha256").asText()));
            }
        }
        return all;
    }

    /** The keys that the requests have here and now, one a line. */
    static List<String> compute() throws IOException {
        List<String> lines = new ArrayList<>();
        try (KeyServer server = new KeyServer()) {
            for (Golden golden : read()) {
                lines.add(line(server.key(golden.path(), golden.body())));
            }
        }
        return lines;
    }

    static String line(RequestFingerprint key) {
        return key.key() + " " + HexFormat.of().formatHex(key.sha256());
    }

    /** Prints the keys, for a process of its own. */
    public static void main(String[] args) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        compute().forEach(line -> out.println("key " + line));
        System.exit(0);
    }
}
