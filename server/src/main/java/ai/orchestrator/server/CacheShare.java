package ai.orchestrator.server;

import ai.orchestrator.plugin.classify.Classification;
import ai.orchestrator.server.orchestration.ChatRequest;
import ai.orchestrator.server.orchestration.RequestPolicy;
import ai.orchestrator.server.orchestration.RoutePlan;
import ai.orchestrator.server.orchestration.RoutingRules;
import ai.orchestrator.server.orchestration.RuleCheck;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Rules under which only a share of the requests uses the cache at all, as the old service could be told. */
record CacheShare(double share, RoutingRules rules) implements RoutingRules {
    /** The rules themselves where every request may use the cache. */
    static RoutingRules of(double share, RoutingRules rules) {
        return share >= 1 ? rules : new CacheShare(share, rules);
    }

    @Override
    public RequestPolicy policy(ChatRequest request) {
        RequestPolicy policy = rules.policy(request);
        boolean chosen = ThreadLocalRandom.current().nextDouble() < share;
        return new RequestPolicy(
                policy.cacheable() && chosen, policy.scope(), policy.ttl(), policy.tierTtl(), policy.tags());
    }

    @Override
    public boolean needsComplexity(ChatRequest request) {
        return rules.needsComplexity(request);
    }

    @Override
    public RoutePlan plan(ChatRequest request, Optional<Classification> classification) {
        return rules.plan(request, classification);
    }

    @Override
    public List<RuleCheck> explain(ChatRequest request, Optional<Classification> classification) {
        return rules.explain(request, classification);
    }

    @Override
    public Reach reach(ChatRequest request) {
        return rules.reach(request);
    }

    @Override
    public String fingerprint() {
        return rules.fingerprint();
    }
}
