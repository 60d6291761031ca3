package ai.orchestrator.server.http.responses;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.server.http.FakeAnswers;
import ai.orchestrator.server.http.Legs;
import ai.orchestrator.server.http.NamedEvents;
import ai.orchestrator.server.http.NamedEvents.Event;
import ai.orchestrator.server.orchestration.CacheStatus;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResponsesSourcesTest extends ResponsesFixture {
    private static final String SEARCH = ",\"tools\":[{\"type\":\"web_search\"}]";
    private static final String ANSWER = "Sunny [1][7] ![x](https://evil.org/)[here](https://example.org/b)";

    @Test
    void aResponseTellsWhatItMayCite() {
        answers.script(FakeAnswers.cites(CacheStatus.HIT));
        assertThat(ask("test", "").json().path("sources")).hasToString(FakeAnswers.SOURCES_JSON);
    }

    @Test
    void aStreamTellsItAtItsEnd() {
        answers.script(FakeAnswers.cites(CacheStatus.MISS));
        List<Event> events = NamedEvents.of(ask("test", ",\"stream\":true").body());

        assertThat(events)
                .filteredOn(event -> event.data().path("response").has("sources"))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.name()).isEqualTo("response.completed");
                    assertThat(event.data().path("response").path("sources")).hasToString(FakeAnswers.SOURCES_JSON);
                });
    }

    @Test
    void anAnswerWithoutAnyHasNoSuchKey() {
        assertThat(ask("test", "").body() + ask("test", ",\"stream\":true").body())
                .doesNotContain("sources");
    }

    @Test
    void whatIsSaidAfterASearchIsLookedThrough() {
        Legs.on(answers, Legs.searches("[7]", "tokyo"), FakeAnswers.says(ANSWER));
        JsonNode body = ask("able", SEARCH).json();

        assertThat(body.path("output").findValuesAsText("text"))
                .contains("[7]", "Sunny [1] [here](https://example.org/b)");
        assertThat(body.path("sources").findValuesAsText("id")).containsExactly("1", "2");
    }

    @Test
    void aStreamIsLookedThroughTooAndSaysTheSameThroughout() {
        Legs.on(answers, Legs.searches("", "tokyo"), FakeAnswers.says(ANSWER.split("(?<=[\\[(])")));
        List<Event> events =
                NamedEvents.of(ask("able", SEARCH + ",\"stream\":true").body());
        StringBuilder text = new StringBuilder();
        events.stream()
                .filter(event -> event.name().equals("response.output_text.delta"))
                .forEach(event -> text.append(event.data().path("delta").asText()));

        assertThat(text).hasToString("Sunny [1] [here](https://example.org/b)");
        JsonNode response = events.getLast().data().path("response");
        assertThat(response.path("output").findValuesAsText("text")).contains(text.toString());
        assertThat(response.path("sources")).hasSize(2);
    }

    @Test
    void anAnswerInAFormThatAProgramReadsIsLeftAlone() {
        Legs.on(answers, Legs.searches("", "tokyo"), FakeAnswers.says("[9]"));
        JsonNode body = ask("able", SEARCH + ",\"text\":{\"format\":{\"type\":\"json_object\"}}")
                .json();

        assertThat(body.path("output").findValuesAsText("text")).contains("[9]");
        assertThat(body.path("sources")).hasSize(2);
    }
}
