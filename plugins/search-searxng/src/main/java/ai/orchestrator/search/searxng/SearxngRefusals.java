package ai.orchestrator.search.searxng;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.search.http.Refusals;
import ai.orchestrator.search.http.Reply;
import ai.orchestrator.search.http.RetryAfter;

/** What a status other than 200 means and what the operator can do about it. */
final class SearxngRefusals {
    private SearxngRefusals() {}

    static PluginFailure of(Reply reply) {
        return switch (reply.status()) {
            case 403 ->
                new PluginFailure.Permanent(
                        FailureCode.UNSUPPORTED,
                        "SearXNG refused (403): set 'formats: [html, json]' under 'search' in its settings.yml, or let this"
                                + " server's address pass its limiter (botdetection.ip_lists.pass_ip).");
            case 429 ->
                Refusals.retriable(
                        FailureCode.RATE_LIMITED,
                        "SearXNG limits the rate of searches (429): let this server's address pass its limiter"
                                + " (botdetection.ip_lists.pass_ip), or turn the limiter of a private instance off.",
                        RetryAfter.of(reply));
            default -> Refusals.of(SearxngDialect.SERVICE, reply);
        };
    }
}
