package ai.orchestrator.server.http.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.server.http.FakeAnswers;
import ai.orchestrator.server.http.TestClient.Reply;
import ai.orchestrator.server.orchestration.CacheStatus;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourcesTest extends OllamaFixture {
    private static final String CHAT = "{\"model\":\"test\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]";
    private static final String GENERATE = "{\"model\":\"test\",\"prompt\":\"Hello\"";

    private Reply ask(String path, String more) {
        return client.post(path, (path.equals("/api/chat") ? CHAT : GENERATE) + more + "}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/chat", "/api/generate"})
    void aWholeReplyTellsThemAndSoDoesAHit(String path) {
        for (CacheStatus status : List.of(CacheStatus.MISS, CacheStatus.SHARED, CacheStatus.HIT)) {
            answers.script(FakeAnswers.cites(status));
            assertThat(ask(path, ",\"stream\":false").json().path("sources")).hasToString(FakeAnswers.SOURCES_JSON);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/chat", "/api/generate"})
    void aStreamTellsThemOnItsLastLine(String path) {
        for (CacheStatus status : List.of(CacheStatus.MISS, CacheStatus.HIT)) {
            answers.script(FakeAnswers.cites(status));
            List<JsonNode> lines = ask(path, "").lines();

            assertThat(lines).hasSizeGreaterThan(1);
            assertThat(lines.getLast().path("done").asBoolean()).isTrue();
            assertThat(lines.getLast().path("sources")).hasToString(FakeAnswers.SOURCES_JSON);
            assertThat(lines.subList(0, lines.size() - 1)).noneMatch(line -> line.has("sources"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/chat", "/api/generate"})
    void anAnswerWithoutAnyHasNoSuchKey(String path) {
        assertThat(ask(path, ",\"stream\":false").body() + ask(path, "").body()).doesNotContain("sources");
    }
}
