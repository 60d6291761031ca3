package ai.orchestrator.server.orchestration;

import ai.orchestrator.plugin.classify.Classification;
import java.util.Optional;
import java.util.Set;

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

    /** Whether the rules choose the model, because the request names {@code auto} or a rule answers for it with a model of its own. */
    boolean answersFor(ChatRequest request);

    /** The full names of all models that rules name. */
    Set<String> models();

    /**
     * 64 hexadecimal digits that change whenever the rules' parts that name models and searches do: the digest of {@code auto}.
     */
    String fingerprint();
}
