package ai.orchestrator.server.orchestration;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What people say of answers. */
public interface Feedback {
    /** Whether an answer was right. */
    enum Verdict {
        GOOD,
        BAD
    }

    /**
     * Keeps a verdict on an answer, with its question, in place of an earlier one.
     *
     * @param requestId what the client was told in {@code X-Request-Id}
     * @param tenant whose answers alone may be judged; empty for everybody's
     * @param comment may be empty
     * @return false if no such answer is remembered
     * @throws ai.orchestrator.plugin.PluginFailure if the verdict cannot be kept
     */
    boolean give(String requestId, Optional<String> tenant, Verdict verdict, String comment);

    /**
     * All that was given, oldest first.
     *
     * @throws ai.orchestrator.plugin.PluginFailure if it cannot be read
     */
    List<Given> all();

    /**
     * All that was given as outcomes to train a classifier on: lines of {@code prompt}, {@code weak_correct} and {@code strong_correct} with tabs between.
     *
     * @throws ai.orchestrator.plugin.PluginFailure if it cannot be read
     */
    String outcomes();

    /**
     * A verdict.
     *
     * @param at when it was given
     * @param strong whether a priced or remote model answered, rather than one for easy questions
     * @param prompt the question, cut where it is very long
     */
    record Given(
            Instant at,
            String requestId,
            String tenant,
            String route,
            String model,
            boolean strong,
            Verdict verdict,
            String comment,
            String prompt) {}
}
