package ai.orchestrator.server.http.responses;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.server.http.FakeAnswers;
import ai.orchestrator.server.http.Legs;
import ai.orchestrator.server.http.NamedEvents;
import ai.orchestrator.server.http.NamedEvents.Event;
import ai.orchestrator.server.http.TestClient.Reply;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResponsesSearchTest extends ResponsesFixture {
    private static final String SEARCH = ",\"tools\":[{\"type\":\"web_search\"}]";

    @Test
    void searchesForTheModelAndAsksItAgain() {
        Legs.on(answers, Legs.searches("", "tokyo"), FakeAnswers.says("Sunny."));
        Reply reply = ask("able", SEARCH);
        JsonNode body = reply.json();

        assertThat(reply.header("X-Search")).isEqualTo("local=2; results=2; ms=4");
        assertThat(body.path("output")).hasSize(2);
        JsonNode call = body.path("output").path(0);
        assertThat(call.path("id").asText()).matches("ws_\\d+_0");
        assertThat(call.path("type").asText()).isEqualTo("web_search_call");
        assertThat(call.path("status").asText()).isEqualTo("completed");
        assertThat(call.path("action").path("type").asText()).isEqualTo("search");
        assertThat(call.path("action").path("query").asText()).isEqualTo("tokyo");
        assertThat(call.path("action").path("sources").findValuesAsText("url"))
                .containsExactly("https://example.org/a?b=1", "https://news.example.net/x");
        assertThat(body.path("output")
                        .path(1)
                        .path("content")
                        .path(0)
                        .path("text")
                        .asText())
                .isEqualTo("Sunny.");
        assertThat(body.path("usage").path("total_tokens").asInt()).isEqualTo(26);
        assertThat(body.path("usage").path("cost").decimalValue()).isEqualByComparingTo("0.0024");
        assertThat(body.path("tools")).hasToString("[{\"type\":\"web_search\"}]");
    }

    @Test
    void streamsTheStepsOfASearch() {
        Legs.on(answers, Legs.searches("", "a"), Legs.searches("", "b"), FakeAnswers.says("x"));
        List<Event> events =
                NamedEvents.of(ask("able", SEARCH + ",\"stream\":true").body());

        assertThat(NamedEvents.names(events).subList(2, 12))
                .containsExactly(
                        "response.output_item.added",
                        "response.web_search_call.in_progress",
                        "response.web_search_call.searching",
                        "response.web_search_call.completed",
                        "response.output_item.done",
                        "response.output_item.added",
                        "response.web_search_call.in_progress",
                        "response.web_search_call.searching",
                        "response.web_search_call.completed",
                        "response.output_item.done");
        assertThat(events.get(9).data().path("output_index").asInt()).isEqualTo(1);
        assertThat(events.getLast().name()).isEqualTo("response.completed");
        assertThat(events.getLast().data().path("response").path("output")).hasSize(3);
    }

    @Test
    void failsWhereNoEngineAnswers() {
        search.fail();
        Legs.on(answers, Legs.searches("", "a"), Legs.searches("Let me", "a"));
        Reply whole = ask("able", SEARCH);
        Event last =
                NamedEvents.of(ask("able", SEARCH + ",\"stream\":true").body()).getLast();

        assertThat(whole.status()).isEqualTo(502);
        assertThat(whole.json().path("error").path("message").asText())
                .isEqualTo("web search is unavailable: no search engine answered");
        assertThat(last.name()).isEqualTo("response.failed");
        assertThat(last.data().path("response").path("error").path("message").asText())
                .isEqualTo("web search is unavailable: no search engine answered");
    }

    @Test
    void saysThatNoEngineIsConfigured() {
        search.fail();
        search.engines = List.of();

        Reply reply = ask("test", SEARCH + ",\"stream\":true");
        assertThat(reply.status()).isEqualTo(502);
        assertThat(reply.json().path("error").path("message").asText())
                .isEqualTo("web search is unavailable: there is no search engine to ask,"
                        + " since none is configured or no_cloud leaves none");
        assertThat(answers.count()).isZero();
    }

    @Test
    void keepsToTheClientsLimitAndDomains() {
        Legs.on(answers, Legs.searches("", "a", "b"), FakeAnswers.says("x"));
        JsonNode output = ask("able", """
                ,"max_tool_calls": 1, "tools": [{"type": "web_search", "filters": {"allowed_domains": ["example.org"]}}]
                """).json().path("output");

        assertThat(search.asked).containsExactly("a/10");
        assertThat(output.path(0).path("action").path("sources").findValuesAsText("url"))
                .containsExactly("https://example.org/a?b=1");
        assertThat(output.path(1).path("status").asText()).isEqualTo("failed");
        assertThat(output.path(2).path("type").asText()).isEqualTo("message");
    }

    @Test
    void searchesFirstForAModelWithoutTools() {
        Legs legs = Legs.on(answers, FakeAnswers.says("Sunny."));
        JsonNode output = ask("test", SEARCH).json().path("output");

        assertThat(search.asked).containsExactly("Hello/5");
        assertThat(output.findValuesAsText("type"))
                .startsWith("web_search_call")
                .contains("message");
        assertThat(legs.requests.getFirst().tools()).isEmpty();
        Legs.on(answers, FakeAnswers.says("Sunny."));
        assertThat(ask("test", SEARCH + ",\"stream\":true").header("X-Search"))
                .as("the search came before the stream")
                .isEqualTo("local=2; results=2; ms=4");
    }
}
