package ai.orchestrator.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.search.SearchEngine;
import ai.orchestrator.plugin.search.SearchQuery;
import ai.orchestrator.testkit.fakes.FakeSearchApi;
import ai.orchestrator.testkit.fakes.HttpFaults;
import ai.orchestrator.testkit.fakes.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every search engine promises that asks a service over HTTP, whatever the network does to the answers. */
public abstract class HttpSearchContract extends SearchEngineContract {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final FakeSearchApi service;

    /** @param service what the engines ask; the suite closes it */
    protected HttpSearchContract(FakeSearchApi service) {
        this.service = service;
    }

    /** A new engine that asks the service at this address, without a limit of its own to what it asks. */
    protected abstract SearchEngine over(URI url);

    /** What no message may hold. */
    protected abstract String secret();

    @Override
    protected SearchEngine open() {
        return over(service.url());
    }

    @Override
    protected String textThatFindsThree() {
        return "harbour tide tables";
    }

    @Override
    protected String textThatFindsNothing() {
        return "tide " + FakeSearchApi.UNKNOWN_WORD;
    }

    @Override
    protected boolean stall() {
        service.always(Reply.silent());
        return true;
    }

    @Override
    protected void resume() {
        service.well();
    }

    @AfterEach
    void stopService() {
        service.close();
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("a page", HttpFaults.page(), FailureCode.BAD_REPLY, "web page"),
                Arguments.of("a gateway's page", HttpFaults.badGateway(), FailureCode.UNAVAILABLE, "502"),
                Arguments.of("no JSON", HttpFaults.garbage(), FailureCode.BAD_REPLY, "not JSON"),
                Arguments.of("too deep", HttpFaults.deep(), FailureCode.BAD_REPLY, "not JSON"),
                Arguments.of("an empty body", Reply.json(200, ""), FailureCode.BAD_REPLY, "."),
                Arguments.of("other JSON", Reply.json(200, "{\"ok\":true}"), FailureCode.BAD_REPLY, "."),
                Arguments.of("a list", Reply.json(200, "[1,2]"), FailureCode.BAD_REPLY, "."),
                Arguments.of("broken off", HttpFaults.brokenOff(), FailureCode.BROKEN_OFF, "broke off"),
                Arguments.of("endless", HttpFaults.endless(200), FailureCode.BAD_REPLY, "2 MB"),
                Arguments.of("an endless refusal", HttpFaults.endless(503), FailureCode.UNAVAILABLE, "503"),
                Arguments.of("a gzip bomb", HttpFaults.gzipBomb(), FailureCode.BAD_REPLY, "2 MB"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void tellsWhatIsWrongAndRecovers(String name, Reply fault, FailureCode code, String message) {
        service.always(fault);
        try (SearchEngine engine = over(service.url())) {
            PluginFailure failure = failure(engine, PATIENCE);
            assertThat(failure.code()).isEqualTo(code);
            assertThat(failure).hasMessageContaining(message);
            assertThat(failure.getMessage()).doesNotContain(secret());
            assertThat(engine.health().state()).isNotEqualTo(Health.State.UP);
            assertThat(engine.health().detail()).isEqualTo(failure.getMessage());

            service.well();
            assertThat(engine.search(query(PATIENCE))).isNotEmpty();
            assertThat(engine.health()).isEqualTo(Health.up());
        }
    }

    @Test
    void endsAtTheDeadlineInTheMiddleOfABody() {
        service.always(HttpFaults.dripping(200));
        try (SearchEngine engine = over(service.url())) {
            assertThat(failure(engine, Duration.ofMillis(300)).code()).isEqualTo(FailureCode.TIMEOUT);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503})
    void knowsARefusalWhoseBodyNeverComes(int status) {
        service.always(HttpFaults.dripping(status));
        try (SearchEngine engine = over(service.url())) {
            assertThat(failure(engine, Duration.ofSeconds(3)).code()).isEqualTo(FailureCode.UNAVAILABLE);
        }
    }

    @Test
    void followsNoRedirect() {
        service.next(HttpFaults.redirect(service.url().toString()));
        try (SearchEngine engine = over(service.url())) {
            assertThat(failure(engine, PATIENCE)).hasMessageContaining("redirect");
            assertThat(service.calls()).hasSize(1);
        }
    }

    @Test
    void aServiceThatIsNotThereIsUnavailable() {
        URI url = service.url();
        service.close();
        try (SearchEngine engine = over(url)) {
            PluginFailure failure = failure(engine, PATIENCE);
            assertThat(failure.code()).isEqualTo(FailureCode.UNAVAILABLE);
            assertThat(failure).isInstanceOf(PluginFailure.Retriable.class).hasMessageContaining("refused");
            assertThat(failure.getMessage()).doesNotContain("127.0.0.1");
        }
    }

    @Test
    void passesOnHowLongToWait() {
        service.next(Reply.whole(503, "text/plain", "busy", "Retry-After", "17"));
        try (SearchEngine engine = over(service.url())) {
            assertThat(failure(engine, PATIENCE).retryAfter()).contains(Duration.ofSeconds(17));
        }
    }

    @Test
    void saysWhoAsksAndTakesGzipAndNoCookies() {
        try (SearchEngine engine = over(service.url())) {
            assertThat(engine.search(query(PATIENCE))).isNotEmpty();
            assertThat(engine.search(query(PATIENCE))).isNotEmpty();
        }
        assertThat(service.calls()).hasSize(2).allSatisfy(call -> {
            assertThat(call.header("User-Agent"))
                    .hasValueSatisfying(agent -> assertThat(agent).startsWith("ai-orchestrator/"));
            assertThat(call.header("Accept-Encoding")).contains("gzip");
            assertThat(call.header("Cookie")).isEmpty();
        });
    }

    private static PluginFailure failure(SearchEngine engine, Duration deadline) {
        return catchThrowableOfType(PluginFailure.class, () -> engine.search(query(deadline)));
    }

    private static SearchQuery query(Duration deadline) {
        return new SearchQuery("tide tables", 10, Optional.empty(), SearchQuery.Freshness.ANY, deadline);
    }
}
