package ai.orchestrator.server.search;

import ai.orchestrator.server.orchestration.WebSearch.Result;
import ai.orchestrator.server.search.page.QuotableResult;
import ai.orchestrator.server.search.screen.SourceScreen;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Marks results that seem to command whoever reads them. */
final class Screened {
    private static final Logger LOG = LoggerFactory.getLogger(Screened.class);

    private Screened() {}

    static List<Result> of(List<Result> results) {
        return results.stream().map(Screened::of).toList();
    }

    /**
     * Results that may be shown to a model.
     *
     * @param dropped how many better ones were left out
     */
    record Kept(List<QuotableResult> results, int dropped) {}

    /** The first results whose pages do not seem to command who reads them. */
    static Kept keep(List<QuotableResult> results, int most) {
        List<QuotableResult> kept = new ArrayList<>();
        int dropped = 0;
        for (QuotableResult result : results) {
            if (kept.size() == most) {
                break;
            }
            if (!result.read() || suspicion(result.result(), text(result)).isEmpty()) {
                kept.add(result);
            } else {
                dropped++;
            }
        }
        return new Kept(List.copyOf(kept), dropped);
    }

    private static String text(QuotableResult result) {
        return result.passages().stream().map(scored -> scored.passage().text()).collect(Collectors.joining("\n"));
    }

    private static Result of(Result result) {
        Optional<String> reason = suspicion(result, result.snippet());
        return reason.isPresent() ? result.suspicious(reason) : result;
    }

    private static Optional<String> suspicion(Result result, String text) {
        Optional<String> reason = SourceScreen.suspicion(result.title(), text);
        reason.ifPresent(why -> LOG.debug(
                "a source of {} is suspicious: it {}",
                CanonicalUrl.of(result.url()).map(CanonicalUrl::host).orElse(""),
                why));
        return reason;
    }
}
