package ai.orchestrator.conformance.npm;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.conformance.ConformanceServer;
import ai.orchestrator.conformance.Scoreboard;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every check of every client in {@code clients} is a test. */
class NpmClientsIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @BeforeAll
    static void install() {
        Commands.run(Map.of(), "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline");
    }

    @TestFactory
    Stream<DynamicNode> ollama() throws IOException {
        return checks("ollama", "ollama", 7);
    }

    @TestFactory
    Stream<DynamicNode> openai() throws IOException {
        return checks("openai", "openai", 7);
    }

    @TestFactory
    Stream<DynamicNode> anthropic() throws IOException {
        return checks("@anthropic-ai/sdk", "anthropic", 4);
    }

    @TestFactory
    Stream<DynamicNode> langchain() throws IOException {
        return checks("@langchain/ollama", "langchain", 6);
    }

    @TestFactory
    Stream<DynamicNode> aiSdk() throws IOException {
        return Stream.of(
                        checks("@ai-sdk/openai", "ai-sdk", 6),
                        checks("@ai-sdk/openai-compatible", "ai-sdk", 6),
                        checks("@ai-sdk/anthropic", "ai-sdk", 4),
                        checks("ollama-ai-provider-v2", "ai-sdk", 6))
                .flatMap(tests -> tests);
    }

    private static Stream<DynamicNode> checks(String library, String script, int count) throws IOException {
        String client = "npm " + library + " " + version(library);
        String printed = Commands.run(
                Map.of("ORCHESTRATOR_URL", ConformanceServer.url()), "node", "clients/" + script + ".mjs", library);
        List<DynamicNode> tests = new ArrayList<>();
        for (String line : printed.lines().filter(text -> text.startsWith("{")).toList()) {
            JsonNode outcome = JSON.readTree(line);
            String check = outcome.path("check").asText();
            String problem = outcome.path("problem").asText();
            Scoreboard.record(client, check, problem.isEmpty());
            tests.add(DynamicTest.dynamicTest(check, () -> assertThat(problem).isEmpty()));
        }
        assertThat(tests).as("checks in:%n%s", printed).hasSize(count);
        return tests.stream();
    }

    private static String version(String library) throws IOException {
        return JSON.readTree(Path.of("package.json").toFile())
                .path("dependencies")
                .path(library)
                .asText();
    }
}
