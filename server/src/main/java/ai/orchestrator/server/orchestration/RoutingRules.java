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

    /** Whether rules choose the model for this full name: {@code auto:latest}, or a name that a rule binds to a model. */
    boolean answersFor(String name);

    /** The full names of all models that rules name. */
    Set<String> models();

    /**
     * 64 hexadecimal digits that change whenever the rules' parts that name models and searches do: the digest of {@code auto}.
     */
    String fingerprint();
}
