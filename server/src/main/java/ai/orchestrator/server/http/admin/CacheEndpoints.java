package ai.orchestrator.server.http.admin;

import ai.orchestrator.plugin.cache.CacheKey;
import ai.orchestrator.plugin.cache.CacheSelector;
import ai.orchestrator.server.http.Exchange;
import ai.orchestrator.server.http.HttpProblem;
import ai.orchestrator.server.orchestration.ModelName;
import ai.orchestrator.server.orchestration.ResponseCache;
import io.helidon.common.uri.UriQuery;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code DELETE /api/cache} and {@code DELETE /api/cache/{key}}. */
final class CacheEndpoints {
    private static final Set<String> PARAMETERS = Set.of("tier", "model", "tag");

    private final ResponseCache cache;

    CacheEndpoints(ResponseCache cache) {
        this.cache = cache;
    }

    /** Removes one entry from all tiers; 404 if none has it. */
    void removeOne(Exchange exchange) {
        CacheKey key;
        try {
            key = CacheKey.parse(exchange.pathVariable("key"));
        } catch (IllegalArgumentException e) {
            throw HttpProblem.badRequest("a cache key has 32 hexadecimal digits");
        }
        if (!cache.remove(key)) {
            throw new HttpProblem(404, "no entry " + key);
        }
        exchange.sendJson(JsonTree.of(Map.of("removed", 1)));
    }

    /** Removes everything, or what {@code ?tier=}, {@code ?model=} or {@code ?tag=} select. */
    void removeSelected(Exchange exchange) {
        UriQuery query = exchange.query();
        for (String name : query.names()) {
            if (!PARAMETERS.contains(name)) {
                throw HttpProblem.badRequest("unknown parameter '" + name + "': expected tier, model or tag");
            }
        }
        Optional<String> tier = parameter(query, "tier");
        if (tier.isPresent() && !cache.tiers().contains(tier.get())) {
            throw HttpProblem.badRequest("no cache tier '" + tier.get() + "': there are " + cache.tiers());
        }
        long removed = cache.removeAll(selector(parameter(query, "model"), parameter(query, "tag")), tier);
        exchange.sendJson(JsonTree.of(Map.of("removed", removed)));
    }

    private static CacheSelector selector(Optional<String> model, Optional<String> tag) {
        if (model.isPresent() && tag.isPresent()) {
            throw HttpProblem.badRequest("model and tag cannot be combined");
        }
        if (model.isPresent()) {
            return ModelName.parse(model.get())
                    .map(name -> new CacheSelector.ByModel(name.full()))
                    .orElseThrow(() -> HttpProblem.badRequest("invalid model name"));
        }
        return tag.<CacheSelector>map(CacheSelector.ByTag::new).orElseGet(CacheSelector.All::new);
    }

    private static Optional<String> parameter(UriQuery query, String name) {
        if (!query.contains(name)) {
            return Optional.empty();
        }
        String value = query.get(name).strip();
        if (value.isEmpty()) {
            throw HttpProblem.badRequest("'" + name + "' is empty");
        }
        return Optional.of(value);
    }
}
