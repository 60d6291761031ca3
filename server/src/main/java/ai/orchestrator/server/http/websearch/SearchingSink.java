package ai.orchestrator.server.http.websearch;

import ai.orchestrator.server.orchestration.AnswerSink;
import ai.orchestrator.server.orchestration.Source;
import java.util.List;

/** Where an answer goes that may hold searches. They come after {@link #start}, between the other events. */
public interface SearchingSink extends AnswerSink {
    /** A search begins; the query may be empty where the model gave none. */
    void searching(String query);

    /** The search that was begun last has ended. */
    void searched(String query, SearchOutcome outcome);

    /** What was done for all searches, in the form of {@code X-Search}; comes once before the end where there were any. */
    default void summary(String summary) {}

    /** What the answer may cite of all that was found; comes once before the end, unless that is nothing. */
    void sources(List<Source> sources);
}
