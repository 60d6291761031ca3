package ai.orchestrator.server.routing;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** A rule as texts by the keys that a rule file has for them, so that two rules can be compared. What is at its default is left out. */
final class RuleText {
    private RuleText() {}

    static Map<String, String> of(Rule rule) {
        Map<String, String> texts = new LinkedHashMap<>();
        rule.when().forEach(condition -> texts.put("when." + condition.key(), String.join(", ", condition.values())));
        rule.target().ifPresent(target -> target(target, texts));
        rule.caching().ifPresent(caching -> caching(caching, texts));
        return texts;
    }

    private static void target(Target target, Map<String, String> texts) {
        String models =
                String.join(", ", target.models().stream().map(Object::toString).toList());
        if (target.models().size() > 1) {
            texts.put("then.cheapest_of", models);
        } else {
            texts.put("then.model", target.asRequested() ? "requested" : models);
        }
        if (!target.fallbacks().isEmpty()) {
            texts.put(
                    "then.fallbacks",
                    String.join(
                            ", ",
                            target.fallbacks().stream().map(Object::toString).toList()));
        }
        if (target.search()) {
            texts.put("then.search", "true");
        }
        if (target.listSources()) {
            texts.put("then.sources", "list");
        }
        target.deadline().ifPresent(deadline -> texts.put("then.deadline", text(deadline)));
        target.budget().ifPresent(budget -> texts.put("then.budget", budget.toPlainString()));
    }

    private static void caching(Caching caching, Map<String, String> texts) {
        texts.put("then.cache.store", String.valueOf(caching.store()));
        caching.ttl().ifPresent(ttl -> texts.put("then.cache.ttl", text(ttl)));
        new TreeMap<>(caching.tierTtl()).forEach((tier, ttl) -> texts.put("then.cache.tier_ttl." + tier, text(ttl)));
        if (caching.shared()) {
            texts.put("then.cache.scope", "shared");
        }
        if (!caching.tags().isEmpty()) {
            texts.put("then.cache.tags", String.join(", ", new TreeSet<>(caching.tags())));
        }
    }

    /** As a rule file would have it, in the largest unit that says it exactly. */
    private static String text(Duration time) {
        if (time.toMillis() % 1_000 != 0) {
            return time.toMillis() + "ms";
        }
        long seconds = time.toSeconds();
        if (seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        if (seconds % 3_600 == 0) {
            return seconds / 3_600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
