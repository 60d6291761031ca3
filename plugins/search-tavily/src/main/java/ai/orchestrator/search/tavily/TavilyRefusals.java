package ai.orchestrator.search.tavily;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.search.http.PlainText;
import ai.orchestrator.search.http.Refusals;
import ai.orchestrator.search.http.Reply;
import ai.orchestrator.search.http.RetryAfter;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a status other than 200 means and what the operator can do about it.
 *
 * @param apiKey what no message repeats
 */
record TavilyRefusals(String apiKey) {
    private static final int LONGEST_REASON = 200;

    PluginFailure of(Reply reply) {
        JsonNode body = reply.refusal();
        String reason = reason(body);
        return switch (reply.status()) {
            case 400, 422 -> invalid(reply.status(), reason);
            case 401 ->
                permanent(FailureCode.CREDENTIALS, "Tavily refuses the API key (401): check api_key." + said(reason));
            case 403 ->
                permanent(FailureCode.CREDENTIALS, "Tavily does not let the API key search (403)." + said(reason));
            case 429 ->
                Refusals.retriable(
                        FailureCode.RATE_LIMITED,
                        "Tavily limits the rate of searches (429)." + said(reason),
                        wait(reply, body));
            case 432 -> usedUp("The credits of the Tavily plan are used up (432)." + said(reason), wait(reply, body));
            case 433 ->
                usedUp(
                        "The limit that is set for paying Tavily as you go is reached (433)." + said(reason),
                        wait(reply, body));
            default -> Refusals.of(TavilyDialect.SERVICE, reply);
        };
    }

    /** All that is sent but the query are settings. */
    private static PluginFailure invalid(int status, String reason) {
        return reason.isEmpty() || reason.toLowerCase(Locale.ROOT).contains("query")
                ? permanent(FailureCode.INVALID_REQUEST, "Tavily refused the query (" + status + ")." + said(reason))
                : permanent(
                        FailureCode.UNSUPPORTED,
                        "Tavily refused the search (" + status + "): check the settings." + said(reason));
    }

    private static PluginFailure usedUp(String message, Optional<Duration> wait) {
        return wait.isPresent()
                ? Refusals.retriable(FailureCode.QUOTA, message, wait)
                : permanent(FailureCode.QUOTA, message);
    }

    private static Optional<Duration> wait(Reply reply, JsonNode body) {
        return RetryAfter.of(reply)
                .or(() -> RetryAfter.of(
                        body.path("error").path("retry_after_seconds").asText("")));
    }

    /** What the service says, in whichever of its forms. */
    private String reason(JsonNode body) {
        JsonNode detail = body.path("detail");
        JsonNode error = body.path("error");
        String said = List.of(
                        detail.path("error"),
                        detail,
                        detail.path(0).path("msg"),
                        error.path("message"),
                        error,
                        error.path("code"))
                .stream()
                .filter(JsonNode::isTextual)
                .findFirst()
                .map(JsonNode::asText)
                .orElse("");
        return PlainText.shorten(PlainText.of(said.replace(apiKey, "…")), LONGEST_REASON);
    }

    private static String said(String reason) {
        return reason.isEmpty() ? "" : " It says: " + reason;
    }

    private static PluginFailure permanent(FailureCode code, String message) {
        return new PluginFailure.Permanent(code, message);
    }
}
