package ai.orchestrator.server.orchestration;

import ai.orchestrator.plugin.classify.Classification;
import java.util.List;
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
     * How every rule meets the request, in order.
     *
     * @param classification as for {@link #plan}
     */
    List<RuleCheck> explain(ChatRequest request, Optional<Classification> classification);

    /** What may come of the request, whatever its complexity turns out to be. */
    Reach reach(ChatRequest request);

    /**
     * 64 hexadecimal digits that change whenever the rules' parts that name models and searches do: the digest of {@code auto}.
     */
    String fingerprint();

    /**
     * What may come of a request. Two requests that differ in nothing but who asks are answered alike if this is equal.
     *
     * @param digests for each rule that may have it answered, in order, 64 hexadecimal digits over which model it chooses at which complexity, and
     *     whether it searches and lists its sources
     * @param models the full names of all models that may answer, fallbacks included, each once
     * @param chosen whether one of these rules names a model itself, instead of taking the one that is requested
     */
    record Reach(List<String> digests, List<String> models, boolean chosen) {
        public Reach {
            digests = List.copyOf(digests);
            models = List.copyOf(models);
        }
    }
}
