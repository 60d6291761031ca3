package ai.orchestrator.server.cost;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.server.cost.RecentAnswers.Answer;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecentAnswersTest {
    @Test
    void keepsTheLastOnesOnly() {
        RecentAnswers recent = new RecentAnswers(2, 1_000_000);
        recent.add(answer("a", "t", "first"));
        recent.add(answer("b", "t", "second"));
        recent.add(answer("c", "t", "third"));

        assertThat(recent.find("a", Optional.of("t"))).isEmpty();
        assertThat(recent.find("b", Optional.of("t"))).isPresent();
        assertThat(recent.find("c", Optional.empty())).isPresent();
    }

    @Test
    void keepsNoMoreThanFitsIn() {
        RecentAnswers recent = new RecentAnswers(1_000, 10_000);
        recent.add(answer("a", "t", "x".repeat(3_000)));
        recent.add(answer("b", "t", "x".repeat(3_000)));
        assertThat(recent.find("a", Optional.of("t"))).isEmpty();
        assertThat(recent.find("b", Optional.of("t"))).isPresent();

        recent.add(answer("huge", "t", "x".repeat(6_000)));
        assertThat(recent.find("b", Optional.of("t"))).isEmpty();
        assertThat(recent.find("huge", Optional.of("t"))).isEmpty();
    }

    @Test
    void theSameIdOfAnotherTenantIsAnotherAnswerAndALaterOneReplacesIt() {
        RecentAnswers recent = new RecentAnswers(3, 1_000_000);
        recent.add(answer("a", "t", "old"));
        recent.add(answer("a", "u", "theirs"));
        recent.add(answer("a", "t", "new"));
        recent.add(answer("b", "t", "pushes the old one out"));

        assertThat(recent.find("a", Optional.of("t"))).map(Answer::question).contains("new");
        assertThat(recent.find("a", Optional.of("u"))).map(Answer::question).contains("theirs");
        assertThat(recent.find("a", Optional.of("v"))).isEmpty();
    }

    private static Answer answer(String id, String tenant, String question) {
        return new Answer(id, tenant, "route", "model", Optional.empty(), question);
    }
}
