package ai.orchestrator.server.orchestration;

import java.util.List;

/** Puts what a search found into words for a model. */
public interface SearchEvidence {
    /**
     * The results as quoted data in which nothing passes for an instruction; the same text for the same results and number as long as this
     * server runs.
     *
     * @param first the number of the first source, from 1; the others follow it
     */
    Quoted quote(List<WebSearch.Result> results, int first);

    /**
     * Quoted results.
     *
     * @param text empty where no result has anything to quote
     * @param sources what the numbers in the text stand for
     */
    record Quoted(String text, List<Source> sources) {
        /** Nothing was found. */
        public static final Quoted NOTHING = new Quoted("", List.of());

        public Quoted {
            sources = List.copyOf(sources);
        }
    }
}
