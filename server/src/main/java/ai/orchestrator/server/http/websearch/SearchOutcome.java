package ai.orchestrator.server.http.websearch;

import ai.orchestrator.server.orchestration.WebSearch;
import java.util.List;

/** What became of a search. */
public sealed interface SearchOutcome {
    /** It was made; the results may be none. */
    record Found(List<WebSearch.Result> results) implements SearchOutcome {
        public Found {
            results = List.copyOf(results);
        }
    }

    /** It was not made. */
    record Failed(Reason reason) implements SearchOutcome {}

    /** Why a search was not made. */
    enum Reason {
        /** No engine is configured, or none answered. */
        UNAVAILABLE("unavailable", "The search is not available. Answer without it."),
        /** The model asked for nothing in particular. */
        INVALID_REQUEST("invalid_request", "The search needs a query that is not empty."),
        /** There were as many searches as there may be. */
        MAX_USES_EXCEEDED("max_uses_exceeded", "No more searches can be made. Answer with what was found.");

        private final String code;
        private final String sentence;

        Reason(String code, String sentence) {
            this.code = code;
            this.sentence = sentence;
        }

        /** What {@code /v1/messages} calls it. */
        public String code() {
            return code;
        }

        /** What the model is told. */
        String sentence() {
            return sentence;
        }
    }
}
