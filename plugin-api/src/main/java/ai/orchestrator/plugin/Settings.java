package ai.orchestrator.plugin;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * A service's part of the configuration, read by name and type. It remembers which names were asked for, so that the host
 * can refuse the ones nobody reads ({@link #unread}). Values are never shown by {@link #toString}: some are secrets.
 */
public final class Settings {
    private final String path;
    private final Map<String, Object> values;
    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    private final List<Settings> children = new ArrayList<>();

    private Settings(String path, Map<String, Object> values) {
        this.path = path;
        this.values = values;
    }

    /** Settings from a tree of maps, lists, strings, numbers and booleans, as a YAML reader gives them, without nulls. */
    public static Settings of(Map<String, Object> values) {
        return new Settings("", Map.copyOf(values));
    }

    /** A text that must be there and not be blank. */
    public String text(String name) {
        return optionalText(name).orElseThrow(() -> bad(name, "is required"));
    }

    /** A text, or {@code fallback} where it is absent or blank. */
    public String text(String name, String fallback) {
        return optionalText(name).orElse(fallback);
    }

    /** A text, if it is there and not blank. */
    public Optional<String> optionalText(String name) {
        return value(name)
                .map(value -> {
                    if (value instanceof Map || value instanceof List) {
                        throw bad(name, "expected text");
                    }
                    return value.toString().strip();
                })
                .filter(text -> !text.isEmpty());
    }

    /** A whole number within {@code min..max}, or {@code fallback} where it is absent. */
    public long number(String name, long fallback, long min, long max) {
        long number = optionalText(name)
                .map(text -> parse(name, text, "a whole number", Long::parseLong))
                .orElse(fallback);
        if (number < min || number > max) {
            throw bad(name, "expected " + min + " to " + max + ", found " + number);
        }
        return number;
    }

    /** A decimal number, if it is there. */
    public Optional<BigDecimal> decimal(String name) {
        return optionalText(name).map(text -> parse(name, text, "a number", BigDecimal::new));
    }

    /** A yes or no, or {@code fallback} where it is absent. */
    public boolean flag(String name, boolean fallback) {
        return optionalText(name)
                .map(text -> switch (text) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw bad(name, "expected true or false, found '" + text + "'");
                })
                .orElse(fallback);
    }

    /** A length of time such as {@code 250ms}, {@code 60s}, {@code 5m}, {@code 1h} or {@code 30d}, or {@code fallback}. */
    public Duration duration(String name, Duration fallback) {
        return optionalText(name)
                .map(text -> parse(name, text, "a duration such as 250ms, 60s, 5m, 1h or 30d", Units::duration))
                .orElse(fallback);
    }

    /** A size in bytes, as a bare number or such as {@code 64KB}, {@code 256MB} or {@code 10GB} (powers of 1024), or {@code fallback}. */
    public long bytes(String name, long fallback) {
        return optionalText(name)
                .map(text -> parse(name, text, "a size such as 64KB, 256MB or 10GB", Units::bytes))
                .orElse(fallback);
    }

    /** One of an enum's constants by its lower-case name, or {@code fallback}. */
    public <E extends Enum<E>> E oneOf(String name, E fallback) {
        return optionalText(name)
                .map(text -> {
                    for (E constant : fallback.getDeclaringClass().getEnumConstants()) {
                        if (constant.name().equalsIgnoreCase(text.replace('-', '_'))) {
                            return constant;
                        }
                    }
                    throw bad(
                            name,
                            "expected one of "
                                    + List.of(fallback.getDeclaringClass().getEnumConstants()) + ", found '" + text
                                    + "'");
                })
                .orElse(fallback);
    }

    /** A list of texts, empty where it is absent; a single text counts as a list of one. */
    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (Object item : items(name)) {
            if (item instanceof Map || item instanceof List) {
                throw bad(name, "expected a list of texts");
            }
            texts.add(item.toString().strip());
        }
        return List.copyOf(texts);
    }

    /** A nested part, empty where it is absent. */
    public Settings section(String name) {
        return value(name).map(value -> nested(name, value)).orElseGet(() -> new Settings(path + name + ".", Map.of()));
    }

    /** A list of nested parts, empty where it is absent. */
    public List<Settings> sections(String name) {
        List<Settings> sections = new ArrayList<>();
        for (Object item : items(name)) {
            sections.add(nested(name + "[" + sections.size() + "]", item));
        }
        return List.copyOf(sections);
    }

    /** A nested part as it stands, for what is passed on to others unread; empty where it is absent. */
    public Map<String, Object> tree(String name) {
        return value(name).map(value -> nested(name, value).asTree()).orElse(Map.of());
    }

    /** Every name at this level; asking marks none of them as read. */
    public Set<String> names() {
        return values.keySet();
    }

    /** The paths of settings that were given and never asked for, here and in the sections that were asked for. */
    public Set<String> unread() {
        Set<String> unread = new LinkedHashSet<>();
        values.keySet().stream()
                .filter(name -> !asked.contains(name))
                .sorted()
                .forEach(name -> unread.add(path + name));
        children.forEach(child -> unread.addAll(child.unread()));
        return unread;
    }

    /** The names that were asked for at this level: what an unknown name may have been meant to be. */
    public Set<String> known() {
        return Set.copyOf(asked);
    }

    @Override
    public String toString() {
        return "Settings" + values.keySet();
    }

    private Map<String, Object> asTree() {
        asked.addAll(values.keySet());
        return Collections.unmodifiableMap(values);
    }

    private Optional<Object> value(String name) {
        asked.add(name);
        return Optional.ofNullable(values.get(name));
    }

    private List<?> items(String name) {
        Object value = value(name).orElse(List.of());
        return value instanceof List<?> list ? list : List.of(value);
    }

    private Settings nested(String name, Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw bad(name, "expected a section of names and values");
        }
        @SuppressWarnings("unchecked")
        Map<String, Object> section = (Map<String, Object>) map;
        Settings nested = new Settings(path + name + ".", section);
        children.add(nested);
        return nested;
    }

    private <T> T parse(String name, String text, String expected, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw bad(name, "expected " + expected + ", found '" + text + "'");
        }
    }

    private InvalidSettingException bad(String name, String message) {
        return new InvalidSettingException(path + name, message);
    }
}
