package ai.orchestrator.server.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Ollama's own environment variables, each put where its meaning is here. They win over the file. As with Ollama, spaces and quotes around a value do not
 * count, one that makes no sense is reported and passed over, and those that have no meaning here are accepted.
 */
final class OllamaVariables {
    /** Requests that a local model answers at once where nothing is said. */
    private static final long DEFAULT_PARALLEL = 4;

    private static final long MOST_PARALLEL = 64;
    private static final long MOST_QUEUED = 1_000_000;
    private static final String FOREVER = "-1";
    private static final String NO_LIMIT = "3650d";

    private final ConfigTree tree;
    private final Map<String, String> environment;
    private final List<String> notices;

    OllamaVariables(ConfigTree tree, Map<String, String> environment, List<String> notices) {
        this.tree = tree;
        this.environment = environment;
        this.notices = notices;
    }

    /** Puts all that replace a setting into the tree. */
    void apply() {
        value("OLLAMA_MODELS").ifPresent(folder -> tree.set("library", "folder", folder, place("OLLAMA_MODELS")));
        localModels("OLLAMA_CONTEXT_LENGTH", "context", number("OLLAMA_CONTEXT_LENGTH", 64, 1 << 24));
        localModels("OLLAMA_NUM_PARALLEL", "parallel", number("OLLAMA_NUM_PARALLEL", 1, MOST_PARALLEL));
        localModels("OLLAMA_MAX_LOADED_MODELS", "max_loaded", number("OLLAMA_MAX_LOADED_MODELS", 1, 64));
        localModels("OLLAMA_KEEP_ALIVE", "keep_alive", time("OLLAMA_KEEP_ALIVE", OllamaVariables::keepAlive));
        localModels("OLLAMA_LOAD_TIMEOUT", "load_timeout", time("OLLAMA_LOAD_TIMEOUT", OllamaVariables::loadTimeout));
        maxQueue();
    }

    /** Adds the origins to those that the file or another variable gives. */
    void addOrigins() {
        String variable = "OLLAMA_ORIGINS";
        List<Object> origins = new ArrayList<>(tree.list("server", "origins"));
        int given = origins.size();
        value(variable).stream()
                .flatMap(text -> Arrays.stream(text.split(",")))
                .map(String::strip)
                .filter(origin -> !origin.isEmpty())
                .forEach(origins::add);
        if (origins.size() > given) {
            tree.set("server", "origins", origins, place(variable));
        }
    }

    /** Whether the environment keeps every request on this machine; anything but a plain no does. */
    boolean cloudOff() {
        return value("OLLAMA_NO_CLOUD")
                .filter(text ->
                        !List.of("0", "f", "F", "false", "FALSE", "False").contains(text))
                .isPresent();
    }

    /** So many requests may wait; the server as a whole answers those and as many as a model answers at once. */
    private void maxQueue() {
        String variable = "OLLAMA_MAX_QUEUE";
        number(variable, 1, MOST_QUEUED).ifPresent(most -> {
            long parallel = number("OLLAMA_NUM_PARALLEL", 1, MOST_PARALLEL).orElse(DEFAULT_PARALLEL);
            tree.services(List.of("models"), "llamacpp")
                    .forEach(entry -> entry.set("max_queue", most, place(variable)));
            tree.set("server", "max_requests", Math.min(most + parallel, MOST_QUEUED), place(variable));
        });
    }

    private void localModels(String variable, String setting, Optional<?> value) {
        if (value.isEmpty()) {
            return;
        }
        List<ConfigTree.Entry> entries = tree.services(List.of("models"), "llamacpp");
        if (entries.isEmpty()) {
            notices.add(variable + " has no effect: models has no entry of kind llamacpp");
        }
        entries.forEach(entry -> entry.set(setting, value.get(), place(variable)));
    }

    private Optional<String> value(String variable) {
        return Optional.of(OllamaHost.unquote(environment.getOrDefault(variable, "")))
                .filter(text -> !text.isEmpty());
    }

    /** A whole number; 0 leaves the choice to this server, as it does with Ollama. */
    private Optional<Long> number(String variable, long min, long max) {
        return value(variable).filter(text -> !text.equals("0")).flatMap(text -> {
            try {
                long number = Long.parseLong(text);
                if (number >= min && number <= max) {
                    return Optional.of(number);
                }
            } catch (NumberFormatException e) {
                // reported below, as a number out of range is
            }
            return junk(variable, "a whole number from " + min + " to " + max);
        });
    }

    private Optional<String> time(String variable, UnaryOperator<String> spelling) {
        return value(variable).flatMap(text -> {
            try {
                return Optional.of(spelling.apply(text));
            } catch (IllegalArgumentException | ArithmeticException e) {
                return junk(variable, "a length of time such as 5m or 1h30m, or a number of seconds");
            }
        });
    }

    private static String keepAlive(String text) {
        Duration time = GoDuration.parseOrSeconds(text);
        return time.isNegative() ? FOREVER : time.toMillis() + "ms";
    }

    private static String loadTimeout(String text) {
        Duration time = GoDuration.parseOrSeconds(text);
        return time.isPositive() ? Math.max(1, time.toMillis()) + "ms" : NO_LIMIT;
    }

    private <T> Optional<T> junk(String variable, String expected) {
        String notice = variable + " is passed over: expected " + expected;
        if (!notices.contains(notice)) {
            notices.add(notice);
        }
        return Optional.empty();
    }

    private static String place(String variable) {
        return "environment variable " + variable;
    }
}
