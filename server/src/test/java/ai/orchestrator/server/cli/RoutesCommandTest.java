package ai.orchestrator.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.classify.Classification;
import ai.orchestrator.plugin.classify.Complexity;
import ai.orchestrator.plugin.model.Capability;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.Price;
import ai.orchestrator.plugin.model.RemoteOrigin;
import ai.orchestrator.server.cli.CommandRun.Program;
import ai.orchestrator.server.cli.OrchestratorCommand.OpenRouting;
import ai.orchestrator.server.http.FakeCatalog;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoutesCommandTest {
    private static final String RULES = """
            routes:
              - {name: easy, when: {model: auto, complexity: [low, medium]}, then: {model: test}}
              - {name: hard, when: {model: auto}, then: {model: %s, search: true}}
              - {name: asked, then: {model: requested}}
            """;

    @TempDir
    Path home;

    private final AtomicBoolean closed = new AtomicBoolean();
    private Program program = new Program(Path.of(""));

    @BeforeEach
    void newHome() throws IOException {
        program = new Program(home).configured("server: {port: 1234}");
        Files.writeString(home.resolve("config/routes.yaml"), RULES.formatted("acme/large"));
        FakeCatalog catalog = new FakeCatalog();
        catalog.models.add(cloud("acme/large:latest", "0.00001"));
        catalog.models.add(cloud("acme/small:latest", "0.000001"));
        program.routing = (config, folder) -> new OpenRouting(
                question -> new Classification(
                        question.text().length() > 20 ? Complexity.HIGH : Complexity.LOW, 0.9, List.of()),
                catalog,
                () -> closed.set(true));
    }

    private static ModelInfo cloud(String name, String price) {
        BigDecimal perToken = new BigDecimal(price);
        return new ModelInfo(
                name,
                "a".repeat(64),
                0,
                Instant.EPOCH,
                "",
                List.of(),
                "",
                "",
                OptionalInt.empty(),
                OptionalInt.empty(),
                Set.of(Capability.COMPLETION),
                Optional.of(new RemoteOrigin(name, "https://cloud.example")),
                Optional.of(Price.perToken(perToken, perToken)));
    }

    private String queries(String... lines) throws IOException {
        Path file = home.resolve("queries");
        Files.writeString(file, String.join("\n", lines));
        return file.toString();
    }

    @Test
    void showsTheRouteOfEachQueryAndTheSums() throws Exception {
        String file = queries(
                "Why?", "", "Prove that there are infinitely many primes.", "{\"prompt\":\"x\",\"model\":\"test\"}");

        CommandRun text = program.run("routes", "test", file);
        assertThat(text.code()).isZero();
        assertThat(text.out())
                .contains(
                        "easy (test:latest)",
                        "hard (acme/large:latest with search, about $0.00415)",
                        "asked (test:latest)")
                .contains("now: cloud share 33.3 %, about $0.00415, routes {asked=1, easy=1, hard=1}");
        assertThat(closed).isTrue();

        JsonNode json = program.run("routes", "test", file, "--json").json();
        assertThat(json.path("queries").asInt()).isEqualTo(3);
        assertThat(json.path("now").path("cloud_share").asDouble()).isBetween(0.333, 0.334);
        assertThat(json.path("results").path(1).path("line").asInt()).isEqualTo(3);
        assertThat(json.path("results").path(1).path("now").path("route").asText())
                .isEqualTo("hard");
    }

    @Test
    void showsWhatACandidateWouldChange() throws Exception {
        Path candidate = home.resolve("candidate.yaml");
        Files.writeString(candidate, RULES.formatted("acme/small"));
        String file = queries("Why?", "Prove that there are infinitely many primes.");

        CommandRun text = program.run("routes", "test", file, "--rules", candidate.toString());
        assertThat(text.out().lines().toList()).hasSize(4);
        assertThat(text.out())
                .contains(
                        "hard (acme/large:latest with search, about $0.00415)  ->  hard (acme/small:latest with search, about $0.000415)")
                .contains("1 of 2 queries change")
                .contains("before: cloud share 50.0 %, about $0.00415", "after: cloud share 50.0 %, about $0.000415");

        JsonNode json = program.run("routes", "test", file, "--rules", candidate.toString(), "--json")
                .json();
        assertThat(json.path("changed").asInt()).isEqualTo(1);
        assertThat(json.path("before").path("cost_usd").decimalValue()).isEqualByComparingTo("0.00415");
        assertThat(json.path("after").path("cost_usd").decimalValue()).isEqualByComparingTo("0.000415");
        assertThat(json.path("results").path(1).path("changed").asBoolean()).isTrue();
    }

    @Test
    void aListOfSourcesIsADifference() throws Exception {
        Path candidate = home.resolve("candidate.yaml");
        Files.writeString(
                candidate, RULES.formatted("acme/large").replace("search: true", "search: true, sources: list"));
        String file = queries("Prove that there are infinitely many primes.");

        assertThat(program.run("routes", "test", file, "--rules", candidate.toString())
                        .out())
                .contains(
                        "hard (acme/large:latest with search, about $0.00415)  ->  hard (acme/large:latest with search and a list of sources, about $0.00415)");
        JsonNode row = program.run("routes", "test", file, "--rules", candidate.toString(), "--json")
                .json()
                .path("results")
                .path(0);
        assertThat(row.path("before").path("sources").asText()).isEqualTo("none");
        assertThat(row.path("after").path("sources").asText()).isEqualTo("list");
    }

    @Test
    void headersAndKeysCount() throws Exception {
        Files.writeString(home.resolve("config/routes.yaml"), """
                routes:
                  - {name: team, when: {api_key: blue, headers: {x-app: "chat*"}}, then: {model: acme/small}}
                  - {name: auto, when: {model: auto}, then: {model: test}}
                  - {name: rest, then: {model: requested}}
                """);
        String file = queries(
                "{\"prompt\":\"x\",\"api_key\":\"blue\",\"headers\":{\"X-App\":\"Chat 2\"}}",
                "{\"prompt\":\"x\",\"api_key\":\"red\",\"headers\":{\"X-App\":\"Chat 2\"}}");

        JsonNode json = program.run("routes", "test", file, "--json").json();
        assertThat(json.path("results").findValuesAsText("route")).containsExactly("team", "auto");
    }

    @Test
    void aRoutesBudgetPassesOverWhatMightCostMore() throws Exception {
        Path candidate = home.resolve("candidate.yaml");
        Files.writeString(candidate, """
                routes:
                  - {name: easy, when: {model: auto, complexity: low}, then: {model: acme/small, budget: 0.000001}}
                  - {name: hard, when: {model: auto}, then: {model: acme/large, budget: 0.01, fallbacks: [acme/small]}}
                  - {name: rest, then: {model: requested}}
                """);
        String file = queries("Why?", "Prove that there are infinitely many primes.");

        assertThat(program.run("routes", "test", file, "--rules", candidate.toString())
                        .out())
                .contains("easy (no model within its budget, not stored)")
                .contains("->  hard (acme/small:latest, about $0.000415, not stored)")
                .contains("2 of 2 queries change");
    }

    @Test
    void aCloudModelThatIsNotOnOfferCountsAllTheSame() throws Exception {
        Files.writeString(home.resolve("config/routes.yaml"), """
                routes:
                  - {name: auto, when: {model: auto}, then: {model: nobody/has-it, fallbacks: [test]}}
                  - {name: rest, then: {model: requested}}
                """);

        CommandRun text = program.run("routes", "test", queries("Why?"));
        assertThat(text.out())
                .contains("auto (nobody/has-it:latest, price unknown)")
                .contains("cloud share 100.0 %, about $0 and 1 of unknown price");
    }

    @Test
    void whatCannotBeReadIsSaid() throws Exception {
        assertThat(program.run("routes", "test", "nowhere").err()).isEqualTo("nowhere is not there\n");
        String bad = queries("fine", "{\"prompt\": 5}");
        assertThat(program.run("routes", "test", bad).err())
                .isEqualTo(bad + ":2: 'prompt' must be a string, not a number\n");
        assertThat(program.run("routes", "test", queries("")).err()).contains("has no queries");

        Path candidate = home.resolve("candidate.yaml");
        Files.writeString(candidate, "routes: [{name: a, then: {modle: x}}]");
        CommandRun run = program.run("routes", "test", queries("Why?"), "--rules", candidate.toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("candidate.yaml:1: unknown key 'modle'");
    }
}
