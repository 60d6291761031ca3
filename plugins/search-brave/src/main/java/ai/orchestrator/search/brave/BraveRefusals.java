package ai.orchestrator.search.brave;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.search.http.Refusals;
import ai.orchestrator.search.http.Reply;
import ai.orchestrator.search.http.RetryAfter;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a status other than 200 means and what the operator can do about it. The error's own code says more than the status. */
final class BraveRefusals {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_]{1,40}");

    private BraveRefusals() {}

    static PluginFailure of(Reply reply) {
        JsonNode body = reply.refusal();
        JsonNode error = body.path("error").isObject()
                ? body.path("error")
                : body.path("errors").path(0);
        RateWindows windows = RateWindows.of(reply);
        return switch (error.path("code").asText("")) {
            case "SUBSCRIPTION_TOKEN_INVALID" -> refusedKey(reply);
            case "SUBSCRIPTION_NOT_FOUND" ->
                new PluginFailure.Permanent(
                        FailureCode.CREDENTIALS,
                        "The Brave plan of api_key has no web search (" + reply.status() + ").");
            case "VALIDATION" -> invalid(reply, error.path("meta").path("errors"));
            case "RATE_LIMITED" -> limited(reply, windows);
            case "QUOTA_LIMITED" -> usedUp(windows);
            case String code
            when reply.status() == 429 -> windows.isMonthUsedUp() ? usedUp(windows) : limited(reply, windows);
            case String code
            when NAME.matcher(code).matches() && reply.status() < 500 ->
                new PluginFailure.Permanent(
                        FailureCode.UNSUPPORTED, "Brave refused the search (" + reply.status() + ", " + code + ").");
            default -> Refusals.of(BraveDialect.SERVICE, reply);
        };
    }

    private static PluginFailure refusedKey(Reply reply) {
        return new PluginFailure.Permanent(
                FailureCode.CREDENTIALS, "Brave refuses the API key (" + reply.status() + "): check api_key.");
    }

    /** All parameters but the query itself are settings. */
    private static PluginFailure invalid(Reply reply, JsonNode errors) {
        JsonNode place = errors.path(0).path("loc");
        String parameter = place.path(place.size() - 1).asText("");
        if (parameter.equalsIgnoreCase("x-subscription-token")) {
            return refusedKey(reply);
        }
        if (parameter.equals("q") || !NAME.matcher(parameter).matches()) {
            return Refusals.of(BraveDialect.SERVICE, reply);
        }
        return new PluginFailure.Permanent(
                FailureCode.UNSUPPORTED,
                "Brave does not take the value of '" + parameter + "' (" + reply.status()
                        + "): check the setting it comes from.");
    }

    private static PluginFailure limited(Reply reply, RateWindows windows) {
        return new PluginFailure.Retriable(
                FailureCode.RATE_LIMITED,
                "Brave limits the rate of searches (429): set requests_per_second to what the plan allows.",
                RetryAfter.of(reply).orElseGet(windows::nextSecond));
    }

    private static PluginFailure usedUp(RateWindows windows) {
        String message = "The month's searches of the Brave plan are used up (429)";
        Optional<Duration> wait = windows.nextMonth();
        return wait.<PluginFailure>map(known -> new PluginFailure.Retriable(
                        FailureCode.QUOTA, message + "; there are new ones in " + inWords(known) + ".", known))
                .orElseGet(() -> new PluginFailure.Permanent(FailureCode.QUOTA, message + "."));
    }

    private static String inWords(Duration wait) {
        return wait.toDays() > 1 ? wait.toDays() + " days" : (wait.toHours() + 1) + " h";
    }
}
