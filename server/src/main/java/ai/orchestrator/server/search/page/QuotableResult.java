package ai.orchestrator.server.search.page;

import ai.orchestrator.server.orchestration.WebSearch.Result;
import java.util.List;

/**
 * A result with what may be quoted of it.
 *
 * @param passages in their order; those of its page where that was read and says something of the question, else those of the engine's snippet
 * @param read whether they are the page's
 */
public record QuotableResult(Result result, List<ScoredPassage> passages, boolean read) {
    /** Texts whose vectors have less in common are about different things. */
    private static final double UNRELATED = 0.1;

    public QuotableResult {
        passages = List.copyOf(passages);
    }

    /** With its snippet, all of which fits as well as the result does. */
    public static QuotableResult unread(Result result) {
        double score = fits(result) ? 1 : 0;
        return new QuotableResult(
                result,
                snippet(result).stream()
                        .map(passage -> new ScoredPassage(passage, score))
                        .toList(),
                false);
    }

    private static boolean fits(Result result) {
        return result.why().fit().map(fit -> fit.meaning().orElse(1)).orElse(1.0) >= UNRELATED;
    }

    static List<Passage> snippet(Result result) {
        return Passages.of(List.of(result.snippet()));
    }
}
