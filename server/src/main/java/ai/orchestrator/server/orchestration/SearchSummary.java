package ai.orchestrator.server.orchestration;

import ai.orchestrator.server.orchestration.WebSearch.EngineOutcome;
import ai.orchestrator.server.orchestration.WebSearch.Report;
import java.util.stream.Collectors;

/** What a search did, in the form of {@code X-Search}: {@code local=3,searxng=failed; results=4; ms=120}. */
final class SearchSummary {
    private static final String FAILED = "failed";

    private SearchSummary() {}

    /** @param used how many results are made use of */
    static String of(Report report, int used) {
        if (report.engines().isEmpty()) {
            return "none";
        }
        String engines = report.engines().stream()
                .map(outcome -> name(outcome) + "="
                        + (outcome.failure().isPresent() ? FAILED : String.valueOf(outcome.results())))
                .collect(Collectors.joining(","));
        return (report.failed() ? FAILED + "; " : "") + engines + "; results=" + used
                + (report.dropped() > 0 ? "; dropped=" + report.dropped() : "") + "; ms="
                + report.took().toMillis();
    }

    private static String name(EngineOutcome outcome) {
        return outcome.engine().replaceAll("[^A-Za-z0-9_.-]", "_");
    }
}
