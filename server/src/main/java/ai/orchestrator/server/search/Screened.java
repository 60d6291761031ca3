package ai.orchestrator.server.search;

import ai.orchestrator.server.orchestration.WebSearch.Result;
import ai.orchestrator.server.search.screen.SourceScreen;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Marks results that seem to command whoever reads them. */
final class Screened {
    private static final Logger LOG = LoggerFactory.getLogger(Screened.class);

    private Screened() {}

    static List<Result> of(List<Result> results) {
        return results.stream().map(Screened::of).toList();
    }

    private static Result of(Result result) {
        if (result.suspicious().isPresent()) {
            return result;
        }
        Optional<String> reason = SourceScreen.suspicion(result.title(), result.snippet());
        reason.ifPresent(why -> LOG.debug(
                "a source of {} is suspicious: it {}",
                CanonicalUrl.of(result.url()).map(CanonicalUrl::host).orElse(""),
                why));
        return reason.isPresent() ? result.suspicious(reason) : result;
    }
}
