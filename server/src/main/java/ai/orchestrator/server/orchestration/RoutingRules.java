package ai.orchestrator.server.orchestration;

import ai.orchestrator.plugin.classify.Classification;
import java.util.Optional;

/** The operator's rules. */
public interface RoutingRules {
    /** What the rules say from the request alone. */
    RequestPolicy policy(ChatRequest request);

    /** Whether the plan for this request depends on its complexity, so that it has to be classified. */
    boolean needsComplexity(ChatRequest request);

    /**
     * The first rule's plan that matches.
     *
     * @param classification there if {@link #needsComplexity}
     * @throws AnswerFailure if the rules lead nowhere
     */
    RoutePlan plan(ChatRequest request, Optional<Classification> classification);

    /**
     * 64 hexadecimal digits that change whenever the rules' parts that name models and searches do: the digest of {@code auto}.
     */
    String fingerprint();
}
