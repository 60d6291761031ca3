package ai.orchestrator.server.routing;

import ai.orchestrator.server.orchestration.ModelName;
import ai.orchestrator.server.yaml.YamlNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads one rule of the file. */
final class RuleReader {
    static final List<String> RULE_KEYS = List.of("name", "when", "then");
    static final List<String> THEN_KEYS = List.of(
            "model", "cheapest_of", "fallbacks", "search", "sources", "deadline", "budget", "cache", "similarity");
    static final List<String> CACHE_KEYS = List.of("store", "ttl", "tier_ttl", "scope", "tags");

    private static final String REQUESTED = "requested";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern TAG = Pattern.compile("[^\\s,\\p{Cntrl}]{1,64}");
    private static final long MOST_USD = 1_000_000;
    private static final Duration LONGEST_DEADLINE = Duration.ofDays(1);
    private static final Duration LONGEST_TTL = Duration.ofDays(3650);

    private final Conditions conditions;
    private final Problems problems;

    RuleReader(Conditions conditions, Problems problems) {
        this.conditions = conditions;
        this.problems = problems;
    }

    /** The rule; empty if it is so wrong that it has no name. */
    Optional<Rule> read(YamlNode node) {
        return Section.of(node, "a route", RULE_KEYS, problems).flatMap(rule -> {
            List<Condition> when = rule.section("when", conditions.keys())
                    .map(conditions::read)
                    .orElse(List.of());
            Optional<Section> then = rule.section("then", THEN_KEYS);
            if (!rule.has("then")) {
                rule.problem("then", "the route has no 'then'");
            }
            Optional<Target> target = then.flatMap(this::target);
            Optional<Caching> caching = then.flatMap(section -> caching(section, when));
            then.ifPresent(section -> similarity(section, when));
            return name(rule).map(name -> new Rule(name, rule.line(), when, target, caching));
        });
    }

    private Optional<String> name(Section rule) {
        if (!rule.has("name")) {
            rule.problem("name", "the route has no 'name'");
        }
        return rule.text("name").filter(name -> {
            boolean legal = NAME.matcher(name).matches();
            if (!legal) {
                rule.problem(
                        "name", "a route's name is 1 to 64 letters, digits, '.', '_' or '-', found '" + name + "'");
            }
            return legal;
        });
    }

    /** The target; empty for a rule that only says how answers are kept. */
    private Optional<Target> target(Section then) {
        List<ModelName> fallbacks = new ArrayList<>();
        then.texts("fallbacks")
                .forEach(text -> modelName(then, "fallbacks", text).ifPresent(fallbacks::add));
        boolean search = then.flag("search").orElse(false);
        boolean listSources = sources(then, search);
        Optional<Duration> deadline = then.duration("deadline", LONGEST_DEADLINE);
        Optional<BigDecimal> budget = then.number("budget", 0, MOST_USD);
        if (!then.has("model") && !then.has("cheapest_of")) {
            requireCacheOnly(then);
            return Optional.empty();
        }
        return Optional.of(new Target(models(then), List.copyOf(fallbacks), search, listSources, deadline, budget));
    }

    /** Whether the sources are listed below the answer. */
    private static boolean sources(Section then, boolean search) {
        boolean listed = then.text("sources")
                .flatMap(text -> then.oneOf("sources", text, Map.of("list", true, "none", false)))
                .orElse(false);
        if (listed && !search) {
            then.problem("sources", "'sources: list' needs 'search: true' beside it");
        }
        return listed;
    }

    private static List<ModelName> models(Section then) {
        if (then.has("model") && then.has("cheapest_of")) {
            then.problem("cheapest_of", "'then' has either a 'model' or 'cheapest_of', not both");
        }
        List<ModelName> models = new ArrayList<>();
        then.text("model")
                .filter(text -> !text.equals(REQUESTED))
                .flatMap(text -> modelName(then, "model", text))
                .ifPresent(models::add);
        then.texts("cheapest_of")
                .forEach(text -> modelName(then, "cheapest_of", text).ifPresent(models::add));
        return List.copyOf(models);
    }

    private static void requireCacheOnly(Section then) {
        if (!then.has("cache") && !then.has("similarity")) {
            then.problem("then", "'then' names no 'model' (and no 'cache' either)");
        }
        for (String key : List.of("fallbacks", "search", "sources", "deadline", "budget")) {
            if (then.has(key)) {
                then.problem(key, "'" + key + "' needs a 'model' or 'cheapest_of' beside it");
            }
        }
    }

    private static Optional<ModelName> modelName(Section then, String key, String text) {
        Optional<ModelName> name = ModelName.parse(text);
        if (name.isEmpty()) {
            then.problem(key, "'" + text + "' is no legal model name");
        } else if (text.equals(REQUESTED) || ModelName.isAuto(text)) {
            then.problem(key, "'" + key + "' needs the name of a model, found '" + text + "'");
        }
        return name;
    }

    /** Similar answers are never served, so that the one value there is says what is so; a rule that has it goes on holding when they are. */
    private static void similarity(Section then, List<Condition> when) {
        then.text("similarity").ifPresent(text -> {
            requireAtRequest(then, "similarity", "whether similar answers may be served", when);
            if (!text.equals("off")) {
                then.problem("similarity", "'similarity' has only the value 'off', found '" + text + "'");
            }
        });
    }

    private static void requireAtRequest(Section then, String key, String what, List<Condition> when) {
        when.stream()
                .filter(condition -> condition.looks() == Condition.Looks.AT_VERDICT)
                .forEach(condition -> then.problem(
                        key,
                        "a route with '" + condition.key() + "' cannot say " + what
                                + ": the cache is asked before the question is classified"));
    }

    private Optional<Caching> caching(Section then, List<Condition> when) {
        return then.section("cache", CACHE_KEYS).map(cache -> {
            requireAtRequest(then, "cache", "how answers are cached", when);
            return new Caching(
                    cache.flag("store").orElse(true),
                    cache.duration("ttl", LONGEST_TTL),
                    tierTtl(cache),
                    cache.text("scope")
                            .flatMap(text -> cache.oneOf("scope", text, Map.of("tenant", false, "shared", true)))
                            .orElse(false),
                    tags(cache));
        });
    }

    private static Map<String, Duration> tierTtl(Section cache) {
        Map<String, Duration> times = new LinkedHashMap<>();
        cache.freeSection("tier_ttl").ifPresent(tiers -> tiers.keys()
                .forEach(tier -> tiers.duration(tier, LONGEST_TTL).ifPresent(ttl -> times.put(tier, ttl))));
        return Map.copyOf(times);
    }

    private static Set<String> tags(Section cache) {
        Set<String> tags = new LinkedHashSet<>();
        for (String tag : cache.texts("tags")) {
            if (!TAG.matcher(tag).matches()) {
                cache.problem("tags", "a tag is 1 to 64 characters without spaces and commas, found '" + tag + "'");
            }
            tags.add(tag);
        }
        return Set.copyOf(tags);
    }
}
