package ai.orchestrator.server.http.openai;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.server.http.FakeAnswers;
import ai.orchestrator.server.http.TestClient.Reply;
import ai.orchestrator.server.orchestration.CacheStatus;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourcesTest extends OpenAiFixture {
    private Reply ask(String path, String more) {
        String body = path.endsWith("/chat/completions") ? HELLO : "{\"model\":\"test\",\"prompt\":\"Hello\"";
        return client.post(path, body + more + "}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/chat/completions", "/v1/completions"})
    void aWholeReplyTellsThemBesideItsChoices(String path) {
        for (CacheStatus status : List.of(CacheStatus.MISS, CacheStatus.HIT)) {
            answers.script(FakeAnswers.cites(status));
            JsonNode body = ask(path, "").json();

            assertThat(body.path("sources")).hasToString(FakeAnswers.SOURCES_JSON);
            assertThat(body.path("choices").findParents("sources")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/chat/completions", "/v1/completions"})
    void aStreamTellsThemInTheChunkThatHasTheReason(String path) {
        for (CacheStatus status : List.of(CacheStatus.MISS, CacheStatus.HIT)) {
            answers.script(FakeAnswers.cites(status));
            List<JsonNode> chunks = chunks(ask(path, ",\"stream\":true,\"stream_options\":{\"include_usage\":true}")
                    .body());
            List<JsonNode> telling =
                    chunks.stream().filter(chunk -> chunk.has("sources")).toList();

            assertThat(telling).singleElement().satisfies(chunk -> {
                assertThat(chunk.path("sources")).hasToString(FakeAnswers.SOURCES_JSON);
                assertThat(chunk.path("choices").path(0).path("finish_reason").asText())
                        .isEqualTo("stop");
            });
            assertThat(chunks.getLast().path("choices")).as("the usage").isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/chat/completions", "/v1/completions"})
    void anAnswerWithoutAnyHasNoSuchKey(String path) {
        assertThat(ask(path, "").body() + ask(path, ",\"stream\":true").body()).doesNotContain("sources");
    }
}
