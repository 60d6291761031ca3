package ai.orchestrator.server.http.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.server.http.FakeAnswers;
import ai.orchestrator.server.orchestration.CacheStatus;
import org.junit.jupiter.api.Test;

class LegacySourcesTest extends LegacyFixture {
    @Test
    void aWholeReplyTellsWhatTheAnswerMayCite() {
        answers.script(FakeAnswers.cites(CacheStatus.HIT));
        assertThat(client.post("/api/chat", "{\"message\":\"Hello\"}").json().path("sources"))
                .hasToString(FakeAnswers.SOURCES_JSON);
    }

    @Test
    void aStreamKeepsToTheKeysThatTheOldServiceHad() {
        answers.script(FakeAnswers.cites(CacheStatus.MISS));
        assertThat(client.post("/api/chat", "{\"message\":\"Hello\",\"stream\":true}")
                        .lines())
                .isNotEmpty()
                .noneMatch(line -> line.has("sources"));
    }
}
