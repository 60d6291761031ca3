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
    public QuotableResult {
        passages = List.copyOf(passages);
    }

    /** With its snippet, of which nobody has said how well it fits. */
    public static QuotableResult unread(Result result) {
        return new QuotableResult(
                result,
                snippet(result).stream()
                        .map(passage -> new ScoredPassage(passage, 1))
                        .toList(),
                false);
    }

    static List<Passage> snippet(Result result) {
        return Passages.of(List.of(result.snippet()));
    }
}
