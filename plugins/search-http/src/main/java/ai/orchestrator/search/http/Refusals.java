package ai.orchestrator.search.http;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import java.time.Duration;
import java.util.Optional;

/** What a status other than 200 means where the service itself says nothing better about it. */
public final class Refusals {
    private Refusals() {}

    /** @param service what the message calls the server */
    public static PluginFailure of(String service, Reply reply) {
        int status = reply.status();
        return switch (status) {
            case 400, 413, 414, 422 ->
                permanent(FailureCode.INVALID_REQUEST, service + " refused the query (" + status + ").");
            case 401, 407 ->
                permanent(
                        FailureCode.CREDENTIALS,
                        service + ", or a proxy before it, asks for credentials (" + status + ").");
            case 403 -> permanent(FailureCode.CREDENTIALS, service + " refuses access (403).");
            case 404, 405, 410 ->
                permanent(FailureCode.NOT_FOUND, "There is no " + service + " at the configured url (" + status + ").");
            case 429 ->
                retriable(
                        FailureCode.RATE_LIMITED,
                        service + " limits the rate of requests (429).",
                        RetryAfter.of(reply));
            default -> other(service, reply);
        };
    }

    /** A failure that may pass, after a wait if one is known. */
    public static PluginFailure retriable(FailureCode code, String message, Optional<Duration> wait) {
        return wait.map(known -> new PluginFailure.Retriable(code, message, known))
                .orElseGet(() -> new PluginFailure.Retriable(code, message));
    }

    private static PluginFailure other(String service, Reply reply) {
        int status = reply.status();
        if (status >= 300 && status < 400) {
            return permanent(
                    FailureCode.BAD_REPLY,
                    service + " answers with a redirect (" + status
                            + "), which is not followed: set url to its final address.");
        }
        return status >= 500 || status == 408
                ? retriable(FailureCode.UNAVAILABLE, service + " failed (" + status + ").", RetryAfter.of(reply))
                : permanent(FailureCode.BAD_REPLY, service + " answered with status " + status + ".");
    }

    private static PluginFailure permanent(FailureCode code, String message) {
        return new PluginFailure.Permanent(code, message);
    }
}
