package ai.orchestrator.server.routing;

import ai.orchestrator.plugin.Units;
import ai.orchestrator.server.yaml.NearestName;
import ai.orchestrator.server.yaml.YamlNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A mapping of the file, read by key and type. What is wrong goes to the problems, and the value counts as absent. */
final class Section {
    private final YamlNode.Mapping mapping;
    private final Problems problems;

    /** Takes keys of any name. */
    Section(YamlNode.Mapping mapping, Problems problems) {
        this.mapping = mapping;
        this.problems = problems;
    }

    /** Takes a mapping whose keys are all among the known ones. */
    static Optional<Section> of(YamlNode node, String what, Collection<String> known, Problems problems) {
        if (!(node instanceof YamlNode.Mapping mapping)) {
            problems.add(node.line(), "expected " + what + " with keys and values");
            return Optional.empty();
        }
        mapping.entries().forEach((key, entry) -> {
            if (!known.contains(key)) {
                problems.add(entry.line(), "unknown key '" + key + "' in " + what + NearestName.hint(key, known));
            }
        });
        return Optional.of(new Section(mapping, problems));
    }

    int line() {
        return mapping.line();
    }

    Collection<String> keys() {
        return mapping.entries().keySet();
    }

    boolean has(String key) {
        return mapping.entries().containsKey(key);
    }

    /** The line of a key, or of the whole section where the key is absent. */
    int line(String key) {
        return Optional.ofNullable(mapping.entries().get(key))
                .map(YamlNode.Entry::line)
                .orElse(line());
    }

    void problem(String key, String sentence) {
        problems.add(line(key), sentence);
    }

    Optional<YamlNode> node(String key) {
        return Optional.ofNullable(mapping.entries().get(key)).map(YamlNode.Entry::value);
    }

    Optional<Section> section(String key, Collection<String> known) {
        return node(key).flatMap(node -> of(node, "'" + key + "'", known, problems));
    }

    /** A section whose keys are the operator's own names. */
    Optional<Section> freeSection(String key) {
        return node(key).flatMap(node -> {
            if (node instanceof YamlNode.Mapping free) {
                return Optional.of(new Section(free, problems));
            }
            problem(key, "'" + key + "' expects names and values");
            return Optional.empty();
        });
    }

    Optional<String> text(String key) {
        return node(key).flatMap(node -> scalar(key, node));
    }

    /** One text or a list of them; empty where the key is absent or nothing in it is usable. */
    List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        node(key).ifPresent(node -> {
            if (node instanceof YamlNode.Sequence(int line, List<YamlNode> items)) {
                if (items.isEmpty()) {
                    problems.add(line, "the list '" + key + "' is empty");
                }
                items.forEach(item -> scalar(key, item).ifPresent(texts::add));
            } else {
                scalar(key, node).ifPresent(texts::add);
            }
        });
        return texts;
    }

    Optional<Boolean> flag(String key) {
        return text(key).flatMap(text -> {
            if (text.equals("true") || text.equals("false")) {
                return Optional.of(text.equals("true"));
            }
            return bad(key, "true or false", text);
        });
    }

    Optional<BigDecimal> number(String key, long min, long max) {
        return text(key).flatMap(text -> {
            try {
                BigDecimal number = new BigDecimal(text);
                if (number.compareTo(BigDecimal.valueOf(min)) >= 0 && number.compareTo(BigDecimal.valueOf(max)) <= 0) {
                    return Optional.of(number);
                }
            } catch (NumberFormatException e) {
                return bad(key, "a number from " + min + " to " + max, text);
            }
            return bad(key, "a number from " + min + " to " + max, text);
        });
    }

    /** A length of time, longer than none. */
    Optional<Duration> duration(String key, Duration longest) {
        return text(key).flatMap(text -> {
            try {
                Duration duration = Units.duration(text);
                if (duration.isPositive() && duration.compareTo(longest) <= 0) {
                    return Optional.of(duration);
                }
                return bad(key, "more than 0 and at most " + longest.toDays() + "d", text);
            } catch (IllegalArgumentException | ArithmeticException e) {
                return bad(key, "a duration such as 250ms, 60s, 5m, 1h or 30d", text);
            }
        });
    }

    /** One of the given values, which are by their lower-case names. */
    <T> Optional<T> oneOf(String key, String text, Map<String, T> values) {
        T value = values.get(text.toLowerCase(Locale.ROOT));
        if (value == null) {
            problem(
                    key,
                    "'" + key + "' has the unknown value '" + text + "'" + NearestName.hint(text, values.keySet()));
        }
        return Optional.ofNullable(value);
    }

    private Optional<String> scalar(String key, YamlNode node) {
        if (!(node instanceof YamlNode.Scalar(int line, YamlNode.Type ignored, String written))) {
            problems.add(node.line(), "'" + key + "' expects a single value here");
            return Optional.empty();
        }
        String text = written.strip();
        if (text.isEmpty()) {
            problems.add(line, "'" + key + "' has no value");
            return Optional.empty();
        }
        return Optional.of(text);
    }

    private <T> Optional<T> bad(String key, String expected, String found) {
        problem(key, "'" + key + "' expects " + expected + ", found '" + found + "'");
        return Optional.empty();
    }
}
