package ai.orchestrator.model.openrouter;

import ai.orchestrator.plugin.InvalidSettingException;
import ai.orchestrator.plugin.Settings;
import ai.orchestrator.plugin.model.ModelRequest;
import ai.orchestrator.plugin.model.ResponseFormat;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * OpenRouter's {@code provider} object: which hosts of a model it may choose, and by what.
 *
 * @param tree as the operator wrote it
 */
record ProviderPreferences(Map<String, Object> tree) {
    private static final List<String> LISTS = List.of("order", "only", "ignore", "quantizations");
    private static final List<String> FLAGS =
            List.of("allow_fallbacks", "require_parameters", "zdr", "enforce_distillable_text");
    private static final List<String> GOALS = List.of("preferred_min_throughput", "preferred_max_latency");
    private static final List<String> PERCENTILES = List.of("p50", "p75", "p90", "p99");
    private static final List<String> PRICES = List.of("prompt", "completion", "request", "image", "audio");

    /**
     * Reads {@code provider}. A name that OpenRouter does not know stays unread, for the host to refuse with the nearest one.
     *
     * @throws InvalidSettingException if a value is not of its kind
     */
    static ProviderPreferences read(Settings settings) {
        Settings section = settings.section("provider");
        LISTS.forEach(section::texts);
        FLAGS.forEach(name -> section.flag(name, false));
        oneOf(section, "data_collection", Set.of("allow", "deny"), "provider.");
        Map<String, Object> given = settings.tree("provider");
        if (given.get("sort") instanceof Map) {
            Settings sort = section.section("sort");
            sort(sort, "by", "provider.sort.");
            oneOf(sort, "partition", Set.of("model", "none"), "provider.sort.");
        } else {
            sort(section, "sort", "provider.");
        }
        for (String goal : GOALS) {
            if (given.get(goal) instanceof Map) {
                Settings percentiles = section.section(goal);
                PERCENTILES.forEach(name -> positive(percentiles, name, "provider." + goal + "."));
            } else {
                positive(section, goal, "provider.");
            }
        }
        Settings most = section.section("max_price");
        PRICES.forEach(name -> positive(most, name, "provider.max_price."));
        return new ProviderPreferences(given);
    }

    /**
     * What a request is given. One that asks for a form or for tools is kept from hosts that would pass these over, unless the operator says
     * otherwise; one whose prompt must not be cut has OpenRouter not squeeze it into a short context either.
     */
    Map<String, Object> members(ModelRequest request) {
        Map<String, Object> provider = new TreeMap<>(tree);
        if (!(request.format() instanceof ResponseFormat.Text)
                || !request.tools().isEmpty()) {
            provider.putIfAbsent("require_parameters", true);
        }
        Map<String, Object> members = new TreeMap<>();
        if (!provider.isEmpty()) {
            members.put("provider", provider);
        }
        if (!request.overflow().truncatePrompt()) {
            members.put("plugins", List.of(Map.of("id", "context-compression", "enabled", false)));
        }
        return members;
    }

    private static void sort(Settings section, String name, String path) {
        oneOf(section, name, Set.of("price", "throughput", "latency", "exacto"), path);
    }

    private static void oneOf(Settings section, String name, Set<String> values, String path) {
        Optional<String> text = section.optionalText(name);
        if (text.isPresent() && !values.contains(text.get())) {
            throw new InvalidSettingException(
                    path + name,
                    "expected one of "
                            + String.join(", ", values.stream().sorted().toList()) + ", found '" + text.get() + "'");
        }
    }

    private static void positive(Settings section, String name, String path) {
        Optional<BigDecimal> number = section.decimal(name);
        if (number.isPresent() && number.get().signum() < 0) {
            throw new InvalidSettingException(path + name, "expected 0 or more");
        }
    }
}
