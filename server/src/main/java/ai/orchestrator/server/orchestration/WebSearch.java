package ai.orchestrator.server.orchestration;

import ai.orchestrator.plugin.model.Prompt;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Finds evidence, by all configured engines at once. */
public interface WebSearch {
    /**
     * The best results for a query, best first. A failing engine costs its results, never the search.
     *
     * @param maxResults 1 to 50
     */
    Report search(String query, int maxResults);

    /**
     * The prompt with what was found for its question; the same prompt where nothing was. Never fails.
     *
     * @param left how long the whole answer may still take; the search takes no more than half of it
     */
    Enrichment enrich(ChatRequest request, Optional<Duration> left);

    /** What looks an answer to an enriched prompt through on its way to the client; a new one for each answer. */
    default AnswerText checked(List<Source> sources) {
        return AnswerText.asItIs();
    }

    /**
     * What a search found.
     *
     * @param engines every engine that was asked
     */
    record Report(List<Result> results, List<EngineOutcome> engines, Duration took) {}

    /**
     * A result, plain text throughout.
     *
     * @param score higher is better; comparable within one report
     * @param engines who found it
     */
    record Result(
            String title,
            String url,
            String snippet,
            double score,
            List<String> engines,
            Optional<Instant> publishedAt) {}

    /**
     * How an engine did.
     *
     * @param failure one sentence; empty if it answered
     */
    record EngineOutcome(String engine, int results, Duration took, Optional<String> failure) {}

    /**
     * A prompt with its evidence.
     *
     * @param summary for {@code X-Search}: {@code none} where no engine is configured
     */
    record Enrichment(Prompt prompt, List<Source> sources, String summary) {}
}
