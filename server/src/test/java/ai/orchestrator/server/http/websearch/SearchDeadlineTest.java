package ai.orchestrator.server.http.websearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.server.http.FakeAnswers;
import ai.orchestrator.server.http.FakeWebSearch;
import ai.orchestrator.server.http.Legs;
import ai.orchestrator.server.orchestration.AnswerEnd;
import ai.orchestrator.server.orchestration.AnswerStart;
import ai.orchestrator.server.orchestration.ChatRequest;
import ai.orchestrator.server.orchestration.Source;
import ai.orchestrator.server.search.QuotedEvidence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SearchDeadlineTest {
    @Test
    void givesUpWhenTheSearchesTakeTooLong() {
        FakeAnswers answers = new FakeAnswers();
        Legs.on(answers, Legs.searches("Let me look.", "a"));
        SearchingAnswers searching =
                new SearchingAnswers(answers, new FakeWebSearch(), new QuotedEvidence(3_500), Duration.ZERO);
        Gathered gathered = new Gathered();

        assertThatThrownBy(() -> searching.answer(
                        ChatRequest.of("1", "able", Prompt.user("x")),
                        new SearchTool(3, List.of(), List.of(), false),
                        true,
                        gathered))
                .isInstanceOf(PluginFailure.Retriable.class)
                .hasMessage("an answer with searches took too long");
        assertThat(gathered.events).isEmpty();
    }

    private static final class Gathered implements SearchingSink {
        private final List<ModelEvent> events = new ArrayList<>();

        @Override
        public void start(AnswerStart start) {}

        @Override
        public void event(ModelEvent event) {
            events.add(event);
        }

        @Override
        public void searching(String query) {}

        @Override
        public void searched(String query, SearchOutcome outcome) {}

        @Override
        public void sources(List<Source> sources) {}

        @Override
        public void end(AnswerEnd end) {}
    }
}
