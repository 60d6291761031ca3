package ai.orchestrator.dist;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.dist.Http.Reply;
import ai.orchestrator.testkit.fakes.FakeOpenRouter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoutingIT {
    private static final String EASY = "Hi there!";
    private static final String FACTS = "When was the harbour bridge of Quilltown opened?";
    private static final String HARD = """
            Prove step by step that the algorithm below terminates, derive its worst-case complexity with a recurrence, compare it \
            with two alternatives, and then design a distributed version with failure handling: \
            ```python\\ndef f(n):\\n  return n if n < 2 else f(n-1) + f(n-2)\\n```""";

    @TempDir
    Path folder;

    @Test
    void sendsEachQuestionWhereItsComplexityBelongs() throws Exception {
        Path home = Product.home(folder);
        document(home);
        try (FakeOpenRouter cloud = new FakeOpenRouter(0);
                Product product = Product.start(
                        home,
                        Map.of(
                                "OPENROUTER_API_KEY",
                                "sk-test-1",
                                "OPENROUTER_BASE_URL",
                                cloud.url().toString()))) {
            Reply easy = ask(product, EASY);
            assertThat(easy.header("X-Route")).isEqualTo("low");
            assertThat(easy.header("X-Model")).isEqualTo(TestModel.NAME);
            assertThat(easy.header("X-Cost-Usd")).isEqualTo("0");

            Reply facts = ask(product, FACTS);
            assertThat(facts.header("X-Route")).isEqualTo("medium");
            assertThat(facts.header("X-Search")).contains("local=1");

            Reply hard = ask(product, HARD);
            assertThat(hard.status()).as(hard.body()).isEqualTo(200);
            assertThat(hard.header("X-Route")).isEqualTo("high");
            assertThat(hard.header("X-Model")).isEqualTo("openrouter/auto:latest");
            assertThat(hard.header("X-Cost-Usd")).isNotIn("", "0");
            assertThat(ask(product, HARD).header("X-Cache")).isEqualTo("HIT");

            assertThat(product.http
                            .post("/api/analyze", "{\"prompt\": \"" + EASY + "\"}")
                            .json()
                            .get("complexity")
                            .asText())
                    .isEqualToIgnoringCase("low");
            assertThat(product.http
                            .post("/api/search", "{\"query\": \"harbour bridge Quilltown\"}")
                            .json()
                            .at("/results/0/title")
                            .asText())
                    .contains("Harbour");
            assertThat(product.log()).doesNotContain("sk-test-1");
        }
    }

    @Test
    void aHardQuestionStaysLocalWithSearchWithoutAKey() throws Exception {
        Path home = Product.home(folder);
        document(home);
        try (Product product = Product.start(home, Map.of("OPENROUTER_API_KEY", ""))) {
            Reply hard = ask(product, HARD);

            assertThat(hard.status()).as(hard.body()).isEqualTo(200);
            assertThat(hard.header("X-Route")).isEqualTo("high");
            assertThat(hard.header("X-Model")).isEqualTo(TestModel.NAME);
            assertThat(hard.header("X-Search")).startsWith("local=");
        }
    }

    private static Reply ask(Product product, String question) {
        return product.http.post("/api/chat", """
                {"model": "auto", "stream": false, "messages": [{"role": "user", "content": "%s"}],
                 "options": {"num_predict": 8}}""".formatted(question));
    }

    private static void document(Path home) throws IOException {
        Path documents = Files.createDirectories(home.resolve("data/documents"));
        Files.writeString(documents.resolve("bridge.md"), """
                # The Harbour Bridge of Quilltown

                The harbour bridge of Quilltown was opened in 1931 after four years of work.
                """);
    }
}
