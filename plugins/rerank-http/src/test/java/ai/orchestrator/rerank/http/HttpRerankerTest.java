package ai.orchestrator.rerank.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.InvalidSettingException;
import ai.orchestrator.plugin.PluginContext;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.Settings;
import ai.orchestrator.plugin.search.TextReranker;
import ai.orchestrator.testkit.TextRerankerContract;
import ai.orchestrator.testkit.fakes.FakeReranker;
import ai.orchestrator.testkit.fakes.HttpFaults;
import ai.orchestrator.testkit.fakes.Reply;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpRerankerTest extends TextRerankerContract {
    private final FakeReranker server = new FakeReranker(0);

    @Override
    protected TextReranker open() {
        return of(Map.of("url", server.url().toString(), "model", "ranker", "api_key", FakeReranker.KEY));
    }

    private static TextReranker of(Map<String, Object> settings) {
        return new RerankFactory()
                .create(new PluginContext("ranker", Settings.of(settings), Path.of("home"), "ai-orchestrator/0.1.0"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void asksInTheWireOfTheOthersAndTellsWhatItCost() {
        try (TextReranker reranker = open()) {
            assertThat(reranker.score("tide", List.of("a", "tide"), PATIENCE).costUsd())
                    .contains(new BigDecimal("0.0025"));
        }
        assertThat(server.calls().getFirst().body())
                .isEqualTo("{\"model\":\"ranker\",\"query\":\"tide\",\"documents\":[\"a\",\"tide\"],\"top_n\":2}");
    }

    @Test
    void aTextThatTheServerLeavesOutScoresAsTheWorst() {
        server.always(Reply.json(
                200, "{\"results\":[{\"index\":2,\"relevance_score\":4.5},{\"index\":0,\"relevance_score\":-3}]}"));
        try (TextReranker reranker = open()) {
            TextReranker.Scores scores = reranker.score("tide", List.of("a", "b", "c"), PATIENCE);
            assertThat(scores.values()).containsExactly(-3.0, -3.0, 4.5);
            assertThat(scores.costUsd()).isEmpty();
        }
    }

    @Test
    void anErrorThatIsNullIsNone() {
        server.always(Reply.json(200, "{\"error\":null,\"results\":[{\"index\":0,\"relevance_score\":1}]}"));
        try (TextReranker reranker = open()) {
            assertThat(reranker.score("tide", List.of("a"), PATIENCE).values()).containsExactly(1.0);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"results\":[]}",
                "{\"results\":[{\"index\":2,\"relevance_score\":1}]}",
                "{\"results\":[{\"index\":-1,\"relevance_score\":1}]}",
                "{\"results\":[{\"index\":0,\"relevance_score\":1},{\"index\":0,\"relevance_score\":2}]}",
                "{\"results\":[{\"index\":0,\"relevance_score\":\"NaN\"}]}",
                "{\"results\":[{\"relevance_score\":1}]}"
            })
    void scoresThatCannotBeTrueAreNotUsed(String body) {
        server.always(Reply.json(200, body));
        try (TextReranker reranker = open()) {
            assertThat(failure(reranker, PATIENCE).code()).isEqualTo(FailureCode.BAD_REPLY);
        }
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(HttpFaults.page(), FailureCode.BAD_REPLY, "web page"),
                Arguments.of(HttpFaults.badGateway(), FailureCode.UNAVAILABLE, "502"),
                Arguments.of(HttpFaults.garbage(), FailureCode.BAD_REPLY, "not JSON"),
                Arguments.of(HttpFaults.endless(200), FailureCode.BAD_REPLY, "2 MB"),
                Arguments.of(HttpFaults.brokenOff(), FailureCode.BROKEN_OFF, "broke off"),
                Arguments.of(
                        Reply.json(200, "{\"error\":{\"message\":\"no such model\"}}"),
                        FailureCode.BAD_REPLY,
                        "no such model"),
                Arguments.of(
                        Reply.json(401, "{\"error\":{\"message\":\"bad key " + FakeReranker.KEY + "\"}}"),
                        FailureCode.CREDENTIALS,
                        "api_key. It says: bad key …"),
                Arguments.of(Reply.json(402, "{}"), FailureCode.QUOTA, "paid"),
                Arguments.of(
                        Reply.json(501, "{\"error\":{\"message\":\"This server does not support reranking.\"}}"),
                        FailureCode.UNSUPPORTED,
                        "does not support reranking"),
                Arguments.of(Reply.json(429, "{}", "Retry-After", "7"), FailureCode.RATE_LIMITED, "429"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void tellsWhatIsWrongAndRecovers(Reply fault, FailureCode code, String message) {
        server.always(fault);
        try (TextReranker reranker = open()) {
            PluginFailure failure = failure(reranker, PATIENCE);
            assertThat(failure.code()).isEqualTo(code);
            assertThat(failure.getMessage()).contains(message).doesNotContain(FakeReranker.KEY);
            assertThat(reranker.health().detail()).isEqualTo(failure.getMessage());

            server.well();
            assertThat(reranker.score("tide", List.of("tide"), PATIENCE).values())
                    .hasSize(1);
            assertThat(reranker.health()).isEqualTo(Health.up());
        }
    }

    @Test
    void endsAtItsDeadline() {
        server.always(Reply.silent());
        try (TextReranker reranker = open()) {
            assertThat(failure(reranker, Duration.ofMillis(200)).code()).isEqualTo(FailureCode.TIMEOUT);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:1/rerank, true",
        "http://localhost/rerank, true",
        "http://[::1]:8/rerank, true",
        "https://ranker.example/v1/rerank, false"
    })
    void onlyThisMachineIsLocal(String url, boolean local) {
        try (TextReranker reranker = of(Map.of("url", url))) {
            assertThat(reranker.isLocal()).isEqualTo(local);
        }
    }

    @ParameterizedTest
    @CsvSource({"url, nowhere", "url, http://u:p@h/", "api_key, a b"})
    void saysWhichSettingIsWrong(String name, String value) {
        Map<String, Object> settings =
                name.equals("url") ? Map.of(name, value) : Map.of("url", "http://h/", name, value);
        assertThatThrownBy(() -> of(settings))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining(name);
    }
}
