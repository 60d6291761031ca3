package ai.orchestrator.server.http.admin;

import ai.orchestrator.plugin.cache.CacheKey;
import ai.orchestrator.plugin.cache.CacheSelector;
import ai.orchestrator.server.http.Exchange;
import ai.orchestrator.server.http.HttpProblem;
import ai.orchestrator.server.http.JsonText;
import ai.orchestrator.server.http.Rights;
import ai.orchestrator.server.orchestration.ModelName;
import ai.orchestrator.server.orchestration.ResponseCache;
import java.util.Optional;
import java.util.Set;

/**
 * {@code DELETE /api/cache} and {@code DELETE /api/cache/{key}}. Who is no admin removes his own tenant's entries, and does not learn of others.
 */
final class CacheEndpoints {
    private static final Set<String> PARAMETERS = Set.of("tier", "model", "tag");

    private final ResponseCache cache;

    CacheEndpoints(ResponseCache cache) {
        this.cache = cache;
    }

    void remove(Exchange exchange) {
        String text = exchange.pathVariable("key");
        CacheKey key;
        try {
            key = CacheKey.parse(text);
        } catch (IllegalArgumentException e) {
            throw HttpProblem.badRequest("a cache key has 32 hexadecimal digits");
        }
        ResponseCache.Removal removal = cache.remove(key, Rights.limitedTo());
        if (removal.removed() == 0 && removal.owing().isEmpty()) {
            throw new HttpProblem(404, "no entry has the key " + key);
        }
        removed(exchange, new ResponseCache.Removal(Math.min(1, removal.removed()), removal.owing()));
    }

    void removeAll(Exchange exchange) {
        for (String name : exchange.query().names()) {
            // a misspelt name would otherwise empty the whole cache
            if (!PARAMETERS.contains(name)) {
                throw HttpProblem.badRequest("the parameters are tier, model and tag, not '" + name + "'");
            }
        }
        Optional<String> model = parameter(exchange, "model");
        Optional<String> tag = parameter(exchange, "tag");
        if (model.isPresent() && tag.isPresent()) {
            throw HttpProblem.badRequest("give either a model or a tag, not both");
        }
        CacheSelector.OfAnyScope selected = model.map(CacheEndpoints::byModel)
                .or(() -> tag.map(CacheSelector.ByTag::new))
                .orElseGet(CacheSelector.All::new);
        Optional<String> tier = parameter(exchange, "tier");
        if (tier.isPresent() && !cache.tiers().contains(tier.get())) {
            throw HttpProblem.badRequest("no cache tier '" + tier.get() + "': the tiers are " + cache.tiers());
        }
        CacheSelector selector = Rights.limitedTo()
                .<CacheSelector>map(tenant -> new CacheSelector.InScope(tenant, selected))
                .orElse(selected);
        removed(exchange, cache.removeAll(selector, tier));
    }

    private static CacheSelector.OfAnyScope byModel(String model) {
        return new CacheSelector.ByModel(ModelName.parse(model)
                .map(ModelName::full)
                .orElseThrow(() -> HttpProblem.badRequest("invalid model name")));
    }

    private static Optional<String> parameter(Exchange exchange, String name) {
        Optional<String> value = exchange.query().first(name).asOptional();
        if (value.filter(String::isBlank).isPresent()) {
            throw HttpProblem.badRequest("the parameter '" + name + "' is empty");
        }
        return value;
    }

    /** Tiers that could not be reached are named: they serve nothing before they have removed it, too. */
    private static void removed(Exchange exchange, ResponseCache.Removal removal) {
        exchange.sendJson(JsonText.of(json -> {
            json.writeStartObject();
            json.writeNumberField("removed", removal.removed());
            if (!removal.owing().isEmpty()) {
                json.writeArrayFieldStart("pending");
                for (String tier : removal.owing()) {
                    json.writeString(tier);
                }
                json.writeEndArray();
            }
            json.writeEndObject();
        }));
    }
}
