package ai.orchestrator.search.wikipedia;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.search.http.PlainText;
import ai.orchestrator.search.http.Refusals;
import ai.orchestrator.search.http.Reply;
import ai.orchestrator.search.http.RetryAfter;
import com.fasterxml.jackson.databind.JsonNode;

/** What a refusal means, which mostly comes with the status 200, and what the operator can do about it. */
final class WikipediaRefusals {
    private static final int LONGEST_REASON = 200;

    private WikipediaRefusals() {}

    /** What a status other than 200 means. */
    static PluginFailure of(Reply reply) {
        return reply.status() == 403
                ? permanent(
                        FailureCode.CREDENTIALS,
                        "Wikipedia refuses access (403): 'contact' has to be an address that reaches you.")
                : Refusals.of(WikipediaDialect.SERVICE, reply);
    }

    /** What the API's own error means. */
    static PluginFailure of(Reply reply, JsonNode error) {
        String code = PlainText.shorten(PlainText.of(error.path("code").asText("")), 60);
        String reason = " (" + code + "): "
                + PlainText.shorten(PlainText.of(error.path("info").asText("no reason given.")), LONGEST_REASON);
        return switch (code) {
            case "maxlag" -> retriable(FailureCode.OVERLOADED, "Wikipedia's databases are busy" + reason, reply);
            case "ratelimited", "cirrussearch-too-busy-error" ->
                retriable(FailureCode.RATE_LIMITED, "Wikipedia limits the rate of searches" + reason, reply);
            case "readonly", "cirrussearch-backend-error" ->
                retriable(FailureCode.UNAVAILABLE, "Wikipedia's search is out of order" + reason, reply);
            case "blocked", "permissiondenied", "readapidenied" ->
                permanent(FailureCode.CREDENTIALS, "Wikipedia refuses access" + reason);
            case "cirrussearch-query-too-long" ->
                permanent(FailureCode.INVALID_REQUEST, "Wikipedia refused the query" + reason);
            default ->
                code.startsWith("internal_api_error")
                        ? retriable(FailureCode.UNAVAILABLE, "Wikipedia failed" + reason, reply)
                        : permanent(FailureCode.BAD_REPLY, "Wikipedia answered with an error" + reason);
        };
    }

    private static PluginFailure retriable(FailureCode code, String message, Reply reply) {
        return Refusals.retriable(code, message, RetryAfter.of(reply));
    }

    private static PluginFailure permanent(FailureCode code, String message) {
        return new PluginFailure.Permanent(code, message);
    }
}
