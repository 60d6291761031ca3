package ai.orchestrator.openai.wire;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorReaderTest {
    private static final Timeouts TIMEOUTS =
            new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5));
    private static final ErrorReader ERRORS = new ErrorReader(
            new Endpoint(URI.create("https://far.example/v1"), Optional.of("sk-secret"), Map.of(), TIMEOUTS),
            Clock.systemUTC());

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            400 | {"error":{"code":400,"message":"bad"}}                                                             | INVALID_REQUEST | false
            400 | {"error":{"code":400,"message":"x is not a valid model ID"}}                                       | NOT_FOUND       | false
            400 | {"error":{"code":400,"message":"m","metadata":{"error_type":"context_length_exceeded"}}}           | CONTEXT_LENGTH  | false
            400 | {"error":{"message":"m","type":"invalid_request_error","code":"context_length_exceeded"}}          | CONTEXT_LENGTH  | false
            400 | {"error":{"code":400,"message":"This endpoint's maximum context length is 8192 tokens"}}           | CONTEXT_LENGTH  | false
            400 | {"error":{"code":400,"message":"m","type":"exceed_context_size_error","n_ctx":512}}                | CONTEXT_LENGTH  | false
            400 | {"error":{"code":400,"message":"m","metadata":{"error_type":"content_policy_violation"}}}          | CONTENT_REFUSED | false
            401 | {"error":{"code":401,"message":"No auth credentials found"}}                                       | CREDENTIALS     | false
            401 | {"error":"Unauthorized"}                                                                           | CREDENTIALS     | false
            402 | {"error":{"code":402,"message":"m","metadata":{"limit_source":"openrouter_credits"}}}              | QUOTA           | false
            402 | {"error":{"code":402,"message":"m","metadata":{"limit_source":"openrouter_key_limit"}}}            | QUOTA           | false
            402 | {"error":{"code":402,"message":"m","metadata":{"limit_source":"openrouter_in_flight_budget","reason":"in_flight_budget_exhausted"}}} | QUOTA | true
            402 | {"error":{"code":402,"message":"m","metadata":{"limit_source":"openrouter_in_flight_budget","reason":"weight_exceeds_budget"}}}      | QUOTA | false
            403 | {"error":{"code":403,"message":"m","metadata":{"reasons":["violence"],"flagged_input":"how do I"}}} | CONTENT_REFUSED | false
            403 | {"error":{"code":403,"message":"m","metadata":{"patterns":["x"]}}}                                 | CONTENT_REFUSED | false
            403 | {"error":{"code":403,"message":"m","metadata":{"limit_source":"workspace_budget"}}}                | QUOTA           | false
            403 | {"error":{"code":403,"message":"m"}}                                                               | CREDENTIALS     | false
            404 | {"error":{"code":404,"message":"m"}}                                                               | NOT_FOUND       | false
            404 | {"object":"error","message":"m","type":"NotFoundError","param":null,"code":404}                    | NOT_FOUND       | false
            404 | {"error":{"http_status":404,"error_type":"not_found","message":"m","availability":{"code":"model_unavailable_upstream","retryable":true}}} | UNAVAILABLE | true
            408 | {"error":{"code":408,"message":"m"}}                                                               | TIMEOUT         | true
            413 | {"error":{"code":413,"message":"m"}}                                                               | INVALID_REQUEST | false
            422 | {"error":{"code":422,"message":"m"}}                                                               | INVALID_REQUEST | false
            429 | {"error":{"code":"429","message":"m"}}                                                             | RATE_LIMITED    | true
            429 | {"error":{"code":429,"message":"m","metadata":{"limit_source":"openrouter_free_tier_daily"}}}      | RATE_LIMITED    | true
            500 | {"error":{"code":500,"message":"m"}}                                                               | UNAVAILABLE     | true
            501 | {"error":{"code":501,"message":"m","type":"not_supported_error"}}                                  | UNSUPPORTED     | false
            502 | <html><body>Bad gateway</body></html>                                                              | UNAVAILABLE     | true
            502 | {"error":{"code":502,"message":"Provider returned error","metadata":{"raw":"{}","provider_name":"ExampleHost"}}} | UNAVAILABLE | true
            503 | {"error":{"code":503,"message":"m","availability":{"code":"temporarily_unavailable","retryable":true,"retry_after":3}}} | UNAVAILABLE | true
            503 | {"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}                        | STARTING        | true
            524 |                                                                                                    | TIMEOUT         | true
            529 | {"error":{"code":529,"message":"m"}}                                                               | OVERLOADED      | true
            307 |                                                                                                    | BAD_REPLY       | false
            """)
    void mapsEveryStatus(int status, String body, FailureCode code, boolean retriable) {
        PluginFailure failure = ERRORS.refused(status, Headers.of(), body == null ? "" : body);
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure instanceof PluginFailure.Retriable).isEqualTo(retriable);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"error":{"code":"server_error","message":"m"}}                                            | UNAVAILABLE
            {"error":{"message":"m","metadata":{"error_type":"provider_overloaded"}}}                  | OVERLOADED
            {"error":{"message":"m","type":"rate_limit_exceeded","code":null}}                         | RATE_LIMITED
            {"error":{"message":"nobody knows this one","code":"strange"}}                             | BROKEN_OFF
            {"error":"out of memory"}                                                                  | BROKEN_OFF
            {"error":{"code":20,"message":"m"}}                                                        | BROKEN_OFF
            """)
    void readsTheTypeWhereThereIsNoStatus(String frame, FailureCode code) {
        PluginFailure failure = ERRORS.inReply(Json.read(frame));
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure).isInstanceOf(PluginFailure.Retriable.class);
    }

    @Test
    void knowsAContextThatIsTooShortByItsWords() {
        PluginFailure failure = ERRORS.inReply(Json.read("{\"error\":\"the prompt exceeds the context size\"}"));
        assertThat(failure).isInstanceOf(PluginFailure.Permanent.class);
        assertThat(failure.code()).isEqualTo(FailureCode.CONTEXT_LENGTH);
    }

    @Test
    void passesOnHowLongToWait() {
        String body = "{\"error\":{\"code\":503,\"message\":\"m\"}}";
        assertThat(ERRORS.refused(503, Headers.of("Retry-After", "12"), body).retryAfter())
                .contains(Duration.ofSeconds(12));
        assertThat(ERRORS.refused(503, Headers.of(), body).retryAfter()).isEmpty();
    }

    @Test
    void saysWhatTheFarSideSaidInOneSafeLine() {
        PluginFailure failure = ERRORS.refused(400, Headers.of(), """
                {"error":{"code":400,"message":"no\\n\\tgood: sk-secret","metadata":{"provider_name":"ExampleHost"}}}""");
        assertThat(failure).hasMessage("no good: *** (ExampleHost)");
    }

    @Test
    void namesTheFarSideWhereThatSaysNothing() {
        assertThat(ERRORS.refused(503, Headers.of(), "")).hasMessage("far.example answered 503");
        assertThat(ERRORS.refused(503, Headers.of(), "{\"error\":\"model is overloaded\"}"))
                .hasMessage("model is overloaded");
    }

    @Test
    void doesNotRepeatWhatIsSaidOfTheKey() {
        PluginFailure failure = ERRORS.refused(
                401, Headers.of(), "{\"error\":{\"message\":\"User sk-se...ret not found\",\"code\":401}}");
        assertThat(failure).hasMessage("far.example does not accept the API key that this server is configured with");
    }

    @Test
    void cutsLongMessages() {
        String body = "{\"error\":{\"code\":500,\"message\":\"" + "x".repeat(5_000) + "\"}}";
        assertThat(ERRORS.refused(500, Headers.of(), body).getMessage()).hasSizeLessThan(400);
    }
}
