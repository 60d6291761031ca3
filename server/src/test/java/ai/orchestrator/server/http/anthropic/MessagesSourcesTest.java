package ai.orchestrator.server.http.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.server.http.FakeAnswers;
import ai.orchestrator.server.http.Legs;
import ai.orchestrator.server.http.NamedEvents;
import ai.orchestrator.server.http.NamedEvents.Event;
import ai.orchestrator.server.orchestration.CacheStatus;
import ai.orchestrator.server.orchestration.Source;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessagesSourcesTest extends AnthropicFixture {
    private static final String SEARCH = ",\"tools\":[{\"type\":\"web_search_20250305\",\"name\":\"web_search\"}]";

    @Test
    void aMessageTellsWhatItMayCite() {
        answers.script(FakeAnswers.cites(CacheStatus.HIT));
        assertThat(ask("test", "").json().path("sources")).hasToString(FakeAnswers.SOURCES_JSON);
    }

    @Test
    void aStreamTellsItWithTheStopReason() {
        answers.script(FakeAnswers.cites(CacheStatus.MISS));
        List<Event> events = NamedEvents.of(ask("test", ",\"stream\":true").body());

        assertThat(events)
                .filteredOn(event -> event.data().has("sources"))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.name()).isEqualTo("message_delta");
                    assertThat(event.data().path("sources")).hasToString(FakeAnswers.SOURCES_JSON);
                });
        assertThat(events).noneMatch(event -> event.data().path("message").has("sources"));
    }

    @Test
    void anAnswerWithoutAnyHasNoSuchKey() {
        assertThat(ask("test", "").body() + ask("test", ",\"stream\":true").body())
                .doesNotContain("sources");
    }

    @Test
    void whatTheModelSearchedForIsNumberedOnFromSearchToSearch() {
        Legs legs = Legs.on(
                answers, Legs.searches("", "tokyo"), Legs.searches("", "kyoto"), FakeAnswers.says("[4] [2, 9] [9]"));
        JsonNode body = ask("able", SEARCH).json();

        assertThat(body.path("sources").findValuesAsText("id")).containsExactly("1", "2", "3", "4");
        assertThat(body.path("sources").findValuesAsText("url"))
                .containsExactly(
                        "https://example.org/a?b=1",
                        "https://news.example.net/x",
                        "https://example.org/a?b=1",
                        "https://news.example.net/x");
        assertThat(legs.requests.getLast().prompt().toString())
                .contains(" id=\"4\"", "\n4: https://news.example.net/x");
        assertThat(body.path("content").path(4).path("text").asText()).isEqualTo("[4] [2]");
    }

    @Test
    void whatIsSaidAfterASearchIsLookedThroughAndWhatWasSaidBeforeIsNot() {
        String image = "![x](https://evil.org/?q=1)";
        Legs legs = Legs.on(
                answers,
                Legs.searches(image + "[7]", "tokyo"),
                Legs.searches("One " + image, "kyoto"),
                FakeAnswers.says(
                        "See [it](https://ev",
                        "il.org/) and [that](https://example.org/b)[7]![",
                        "x](https://evil.org/)."));
        JsonNode body = ask("able", SEARCH).json();

        assertThat(body.path("content").findValuesAsText("text"))
                .containsExactly(image + "[7]", "One ", "See it and [that](https://example.org/b) .");
        assertThat(legs.requests.getLast().prompt().toString())
                .as("the model is told what the client saw")
                .contains("content=One ,");
    }

    @Test
    void aStreamIsLookedThroughToo() {
        Legs.on(
                answers,
                Legs.searches("[7]", "tokyo"),
                FakeAnswers.says(
                        "See [it](https://ev", "il.org/)", " [7]", "\n```\n![x](https://evil.org/) [7]\n", "```\n!["));
        List<Event> events =
                NamedEvents.of(ask("able", SEARCH + ",\"stream\":true").body());

        assertThat(text(events)).isEqualTo("[7]See it\n```\n![x](https://evil.org/) [7]\n```\n![");
        assertThat(events.get(events.size() - 2).data().path("sources")).hasSize(2);
    }

    @Test
    void aQuestionThatWasSearchedForFirstHasItsAnswerLookedThrough() {
        Legs.on(answers, FakeAnswers.says("Sunny [1][3] ![x](https://evil.org/)"));
        JsonNode body = ask("test", SEARCH).json();

        assertThat(body.path("content").path(2).path("text").asText()).isEqualTo("Sunny [1] ");
        assertThat(body.path("sources").findValuesAsText("id")).containsExactly("1", "2");
    }

    @Test
    void withoutResultsNothingIsNumberedAndNothingChanged() {
        search.results = List.of();
        Legs.on(answers, Legs.searches("", "tokyo"), FakeAnswers.says("[1] ![x](https://evil.org/)"));
        JsonNode body = ask("able", SEARCH).json();

        assertThat(body.path("content").path(2).path("text").asText()).isEqualTo("[1] ![x](https://evil.org/)");
        assertThat(body.has("sources")).isFalse();
    }

    @Test
    void anAnswerThatTheRulesHadSearchedForKeepsItsSources() {
        search.results = List.of();
        Legs.on(
                answers,
                FakeAnswers.events(
                        FakeAnswers.start(CacheStatus.MISS, List.of(new Source(1, "doc:a", "A"))), List.of()));
        assertThat(ask("test", SEARCH).json().path("sources").findValuesAsText("url"))
                .containsExactly("doc:a");
    }

    @Test
    void whatTheClientsHostsLeaveOutCanNotBeCited() {
        Legs.on(
                answers,
                Legs.searches("", "tokyo"),
                FakeAnswers.says("It is so [1][2], says [it](https://news.example.net/x)."));
        JsonNode body = ask(
                        "able",
                        ",\"tools\":[{\"type\":\"web_search_20250305\",\"name\":\"web_search\",\"allowed_domains\":[\"example.org\"]}]")
                .json();

        assertThat(body.path("sources").findValuesAsText("url")).containsExactly("https://example.org/a?b=1");
        assertThat(body.path("content").path(2).path("text").asText()).isEqualTo("It is so [1], says it.");
    }

    private static String text(List<Event> events) {
        StringBuilder text = new StringBuilder();
        events.forEach(
                event -> text.append(event.data().path("delta").path("text").asText()));
        return text.toString();
    }
}
