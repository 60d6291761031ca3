package ai.orchestrator.model.openrouter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.ModelProvider;
import ai.orchestrator.testkit.ModelEventRecorder;
import ai.orchestrator.testkit.fakes.FakeOpenRouter;
import ai.orchestrator.testkit.fakes.Reply;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How OpenRouter says no before the first token. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OpenRouterErrorsTest {
    private final FakeOpenRouter fake = new FakeOpenRouter(0);
    private final ModelProvider provider = Providers.create(fake, Map.of());

    @AfterEach
    void stop() {
        provider.close();
        fake.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "400|{'code':400,'message':'bad parameter','metadata':{'error_type':'invalid_request'}}|INVALID_REQUEST|false|bad parameter",
                "400|{'code':400,'message':'acme/nope is not a valid model ID'}|NOT_FOUND|false|not a valid model",
                "400|{'code':400,'message':'too long','metadata':{'error_type':'context_length_exceeded'}}|CONTEXT_LENGTH|false|too long",
                "400|{'code':400,'message':'Provider returned error','metadata':{'raw':'{}','provider_name':'ExampleHost'}}|INVALID_REQUEST|false|(ExampleHost)",
                "401|{'code':401,'message':'No auth credentials found'}|CREDENTIALS|false|does not accept the API key",
                "402|{'code':402,'message':'Insufficient credits','metadata':{'limit_source':'openrouter_credits'}}|QUOTA|false|Insufficient credits",
                "402|{'code':402,'message':'Key limit exceeded','metadata':{'limit_source':'openrouter_key_limit'}}|QUOTA|false|Key limit",
                "402|{'code':402,'message':'This request requires more credits, or fewer max_tokens. You can only afford 12'}|QUOTA|false|only afford 12",
                "402|{'code':402,'message':'In flight','metadata':{'limit_source':'openrouter_in_flight_budget','reason':'in_flight_budget_exhausted'}}|QUOTA|true|In flight",
                "402|{'code':402,'message':'Too heavy','metadata':{'limit_source':'openrouter_in_flight_budget','reason':'weight_exceeds_budget'}}|QUOTA|false|Too heavy",
                "403|{'code':403,'message':'Input was flagged','metadata':{'reasons':['violence'],'flagged_input':'how...'}}|CONTENT_REFUSED|false|flagged",
                "403|{'code':403,'message':'Blocked','metadata':{'patterns':['secret']}}|CONTENT_REFUSED|false|Blocked",
                "403|{'code':403,'message':'Budget','metadata':{'limit_source':'openrouter_guardrail_budget','resets_at':'x'}}|QUOTA|false|Budget",
                "403|{'code':403,'message':'Not permitted'}|CREDENTIALS|false|Not permitted",
                "404|{'code':404,'message':'No endpoints found that support the requested parameters'}|NOT_FOUND|false|No endpoints",
                "404|{'message':'Not now','http_status':404,'error_type':'not_found','availability':{'code':'no_endpoints','retryable':false}}|NOT_FOUND|false|Not now",
                "404|{'message':'Back soon','availability':{'code':'model_unavailable_upstream','retryable':true,'retry_after':9}}|UNAVAILABLE|true|Back soon",
                "408|{'code':408,'message':'timed out'}|TIMEOUT|true|timed out",
                "413|{'code':413,'message':'too large'}|INVALID_REQUEST|false|too large",
                "422|{'code':422,'message':'unprocessable'}|INVALID_REQUEST|false|unprocessable",
                "429|{'code':429,'message':'Provider returned error','metadata':{'provider_name':'ExampleHost','raw':'acme is temporarily rate-limited upstream'}}|RATE_LIMITED|true|(ExampleHost)",
                "429|{'code':'429','message':'slow down'}|RATE_LIMITED|true|slow down",
                "500|{'code':500,'message':'internal'}|UNAVAILABLE|true|internal",
                "502|{'code':502,'message':'Provider returned error','metadata':{'error_type':'provider_unavailable'}}|UNAVAILABLE|true|Provider returned error",
                "503|{'code':503,'message':'no healthy provider','availability':{'code':'temporarily_unavailable','retryable':true}}|UNAVAILABLE|true|no healthy",
                "524|{'code':524,'message':'edge'}|TIMEOUT|true|edge",
                "529|{'code':529,'message':'overloaded'}|OVERLOADED|true|overloaded"
            })
    void understandsEveryRefusal(int status, String error, FailureCode code, boolean retriable, String words) {
        fake.next(FakeOpenRouter.CHAT, refusal(status, error));
        PluginFailure failure = failure();
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure instanceof PluginFailure.Retriable).isEqualTo(retriable);
        assertThat(failure).hasMessageContaining(words);
        assertThat(fake.calls(FakeOpenRouter.CHAT)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"402,3", "429,3", "503,3"})
    void passesOnHowLongToWait(int status, long seconds) {
        String budget =
                "{'code':" + status + ",'message':'wait','metadata':{'limit_source':'openrouter_in_flight_budget'}}";
        fake.next(FakeOpenRouter.CHAT, refusal(status, budget, "Retry-After", Long.toString(seconds)));
        assertThat(failure().retryAfter()).contains(Duration.ofSeconds(seconds));
        fake.next(FakeOpenRouter.CHAT, refusal(status, budget));
        assertThat(failure().retryAfter()).isEmpty();
    }

    @Test
    void waitsUntilADate() {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(30));
        fake.next(FakeOpenRouter.CHAT, refusal(503, "{'code':503,'message':'later'}", "Retry-After", date));
        assertThat(failure().retryAfter())
                .hasValueSatisfying(wait -> assertThat(wait).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(30)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void waitsUntilTheLimitOfThePlatformIsReset(boolean inHeader) {
        String reset = Long.toString(System.currentTimeMillis() + 20_000);
        String body = "{'code':429,'message':'Rate limit exceeded: free-models-per-min','metadata':{"
                + "'limit_source':'openrouter_free_tier_daily','headers':{'X-RateLimit-Limit':'20','X-RateLimit-Reset':'"
                + (inHeader ? "" : reset) + "'}}}";
        fake.next(FakeOpenRouter.CHAT, inHeader ? refusal(429, body, "X-RateLimit-Reset", reset) : refusal(429, body));
        assertThat(failure().retryAfter())
                .hasValueSatisfying(wait -> assertThat(wait).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(20)));
    }

    @Test
    void waitsAsLongAsTheAvailabilitySays() {
        fake.next(
                FakeOpenRouter.CHAT,
                refusal(
                        429,
                        "{'message':'full','availability':{'code':'capacity_exhausted','retryable':true,'retry_after':9}}"));
        assertThat(failure().retryAfter()).contains(Duration.ofSeconds(9));
    }

    @Test
    void doesNotShowAPageOfHtml() {
        fake.next(FakeOpenRouter.CHAT, Reply.whole(502, "text/html", "<html><body>bad gateway</body></html>"));
        PluginFailure failure = failure();
        assertThat(failure.code()).isEqualTo(FailureCode.UNAVAILABLE);
        assertThat(failure).hasMessageContaining("502").hasMessageNotContaining("bad gateway");
    }

    @Test
    void findsTheErrorUnderStatus200() {
        fake.next(FakeOpenRouter.CHAT, Reply.json(200, "{\"error\":{\"code\":429,\"message\":\"slow\"}}"));
        assertThat(failure().code()).isEqualTo(FailureCode.RATE_LIMITED);
        fake.next(FakeOpenRouter.CHAT, Reply.json(200, """
                {"choices":[{"error":{"code":502,"message":"Provider disconnected"},"message":{"content":""}}]}"""));
        assertThat(failure().code()).isEqualTo(FailureCode.UNAVAILABLE);
        fake.next(FakeOpenRouter.CHAT, Reply.json(200, """
                {"choices":[{"finish_reason":"error","message":{"content":""}}]}"""));
        assertThat(failure().code()).isEqualTo(FailureCode.BROKEN_OFF);
    }

    @Test
    void neverAsksForMoreThanOneModel() {
        provider.stream(Requests.chat("Hi"), new ModelEventRecorder());
        assertThat(fake.calls(FakeOpenRouter.CHAT).getFirst().body()).doesNotContain("\"models\"");
    }

    @Test
    void passesOnThatThereWereTooManyModels() {
        fake.next(
                FakeOpenRouter.CHAT, refusal(400, "{'code':400,'message':'models array must have 3 items or fewer.'}"));
        assertThat(failure().code()).isEqualTo(FailureCode.INVALID_REQUEST);
    }

    private static Reply refusal(int status, String error, String... headers) {
        return Reply.json(status, "{\"error\":" + error.replace('\'', '"') + ",\"user_id\":\"user_x\"}", headers);
    }

    private PluginFailure failure() {
        ModelEventRecorder events = new ModelEventRecorder();
        PluginFailure failure =
                catchThrowableOfType(PluginFailure.class, () -> provider.stream(Requests.chat("Hi"), events));
        assertThat(events.events()).isEmpty();
        assertThat(events.lateBills()).isEmpty();
        return Optional.ofNullable(failure).orElseThrow(() -> new AssertionError("the call did not fail"));
    }
}
