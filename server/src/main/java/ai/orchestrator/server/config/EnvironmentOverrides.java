package ai.orchestrator.server.config;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The environment variables of the service that this one replaces, each put where its meaning has gone. They win over the file. An empty one
 * counts as absent, but for {@code REDIS_URL} and {@code OPENROUTER_API_KEY}, where it switches the service off.
 */
final class EnvironmentOverrides {
    private static final long BYTES_PER_MEMORY_ENTRY = 16 * 1024;
    private static final List<String> TIERS = List.of("cache", "tiers");
    private static final List<String> MODELS = List.of("models");

    private final ConfigTree tree;
    private final Path home;
    private final Map<String, String> environment;
    private final List<String> notices;

    private EnvironmentOverrides(ConfigTree tree, Path home, Map<String, String> environment, List<String> notices) {
        this.tree = tree;
        this.home = home;
        this.environment = environment;
        this.notices = notices;
    }

    /** Puts all variables into the tree; what the operator should know of them goes into the notices. */
    static void apply(ConfigTree tree, Path home, Map<String, String> environment, List<String> notices) {
        EnvironmentOverrides overrides = new EnvironmentOverrides(tree, home, environment, notices);
        overrides.server();
        overrides.legacy();
        overrides.cache();
        overrides.localModel();
        overrides.openRouter();
        overrides.withoutEffect();
    }

    private void server() {
        section("MAX_JSON_PAYLOAD_SIZE", "server", "legacy_max_body", this::positive);
        section("ALLOWED_ORIGINS", "server", "origins", variable -> text(variable)
                .map(this::list));
        Optional<Long> requests = whole("RATE_LIMIT_REQUESTS", 0, Integer.MAX_VALUE);
        Optional<Long> period = positive("RATE_LIMIT_PERIOD");
        if (requests.isPresent() && requests.get() > 0) {
            Map<String, Object> limit = new LinkedHashMap<>();
            limit.put("requests", requests.get());
            period.ifPresent(seconds -> limit.put("period", seconds + "s"));
            tree.set("server", "rate_limit", limit, place("RATE_LIMIT_REQUESTS"));
        }
    }

    private void legacy() {
        section("MODEL_NAME", "legacy", "model", this::text);
        section("TEMPERATURE", "legacy", "temperature", variable -> decimal(variable, 2));
        section("TOP_P", "legacy", "top_p", variable -> decimal(variable, 1));
        section("MAX_TOKENS", "legacy", "max_tokens", this::positive);
    }

    private void cache() {
        section("CACHE_PROBABILITY", "cache", "probability", variable -> decimal(variable, 1));
        service("MEMORY_CACHE_ENTRIES", TIERS, "memory", "max_size", variable -> whole(variable, 1, 1L << 40)
                .map(entries -> entries * BYTES_PER_MEMORY_ENTRY));
        service("MEMORY_TTL_SECONDS", TIERS, "memory", "ttl", this::seconds);
        service("REDIS_URL", TIERS, "redis", "url", this::textOrOff);
        service("REDIS_TTL_SECONDS", TIERS, "redis", "ttl", this::seconds);
        service("SQLITE_PATH", TIERS, "sqlite", "path", this::text);
        service("SQLITE_MAX_SIZE_GB", TIERS, "sqlite", "max_size", variable -> positive(variable)
                .map(size -> size + "GB"));
        service("SQLITE_TTL_DAYS", TIERS, "sqlite", "ttl", variable -> positive(variable)
                .map(days -> days + "d"));
    }

    private void localModel() {
        service("CONTEXT_LENGTH", MODELS, "llamacpp", "context", this::positive);
        Optional<Path> path = text("MODEL_PATH").map(home::resolve).map(Path::normalize);
        if (path.isEmpty()) {
            return;
        }
        String file = String.valueOf(path.get().getFileName());
        if (!file.endsWith(".gguf")) {
            service("MODEL_PATH", MODELS, "llamacpp", "folder", variable -> path.map(Path::toString));
            return;
        }
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("name", text("MODEL_NAME").orElse(file.substring(0, file.length() - ".gguf".length())));
        model.put("file", path.get().toString());
        model.put("how_to_get", "put it where the environment variable MODEL_PATH says");
        entries("MODEL_PATH", MODELS, "llamacpp")
                .forEach(entry -> entry.merge("models", "name", model, place("MODEL_PATH")));
    }

    private void openRouter() {
        service("OPENROUTER_API_KEY", MODELS, "openrouter", "api_key", this::textOrOff);
        service("OPENROUTER_BASE_URL", MODELS, "openrouter", "base_url", this::text);
        text("OPENROUTER_DEFAULT_MODEL").ifPresent(id -> entries("OPENROUTER_DEFAULT_MODEL", MODELS, "openrouter")
                .forEach(entry -> entry.merge("models", "id", Map.of("id", id), place("OPENROUTER_DEFAULT_MODEL"))));
    }

    private void withoutEffect() {
        var _ = positive("REDIS_MAX_MEMORY_MB"); // for manage.sh alone, but a wrong one is told here, too
        decimal("SIMILARITY_THRESHOLD", 1)
                .ifPresent(ignored ->
                        notices.add("SIMILARITY_THRESHOLD has no effect: only equal questions share an answer"));
        positive("MAX_SIMILAR_RESULTS")
                .ifPresent(ignored ->
                        notices.add("MAX_SIMILAR_RESULTS has no effect: only equal questions share an answer"));
    }

    private void section(String variable, String section, String name, Function<String, Optional<?>> read) {
        read.apply(variable).ifPresent(value -> tree.set(section, name, value, place(variable)));
    }

    private void service(
            String variable, List<String> list, String kind, String name, Function<String, Optional<?>> read) {
        read.apply(variable).ifPresent(value -> entries(variable, list, kind)
                .forEach(entry -> entry.set(name, value, place(variable))));
    }

    private List<ConfigTree.Entry> entries(String variable, List<String> list, String kind) {
        List<ConfigTree.Entry> entries = tree.services(list, kind);
        if (entries.isEmpty() && text(variable).isPresent()) {
            notices.add(variable + " has no effect: " + String.join(".", list) + " has no entry of kind " + kind);
        }
        return entries;
    }

    private Optional<String> textOrOff(String variable) {
        Optional<String> value = Optional.ofNullable(environment.get(variable)).map(String::strip);
        value.ifPresent(text -> tree.origins().noteSecrets(variable, text));
        return value;
    }

    private Optional<String> text(String variable) {
        return textOrOff(variable).filter(value -> !value.isEmpty());
    }

    private List<Object> list(String text) {
        List<Object> items = new ArrayList<>();
        Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .forEach(items::add);
        return items;
    }

    private Optional<String> seconds(String variable) {
        return positive(variable).map(seconds -> seconds + "s");
    }

    private Optional<Long> positive(String variable) {
        return whole(variable, 1, Integer.MAX_VALUE);
    }

    private Optional<Long> whole(String variable, long min, long max) {
        return text(variable).map(text -> {
            try {
                long number = Long.parseLong(text);
                if (number >= min && number <= max) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // refused below, as a number out of range is
            }
            throw new ConfigException(place(variable) + ": expected a whole number from " + min + " to " + max);
        });
    }

    private Optional<BigDecimal> decimal(String variable, int max) {
        return text(variable).map(text -> {
            try {
                BigDecimal number = new BigDecimal(text);
                if (number.signum() >= 0 && number.compareTo(BigDecimal.valueOf(max)) <= 0) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // refused below, as a number out of range is
            }
            throw new ConfigException(place(variable) + ": expected a number from 0 to " + max);
        });
    }

    private static String place(String variable) {
        return "environment variable " + variable;
    }
}
