package ai.orchestrator.server.routing;

import static ai.orchestrator.server.routing.Condition.Looks.AT_MODEL;
import static ai.orchestrator.server.routing.Condition.Looks.AT_REQUEST;
import static ai.orchestrator.server.routing.Condition.Looks.AT_VERDICT;

import ai.orchestrator.plugin.classify.Complexity;
import ai.orchestrator.plugin.model.ResponseFormat;
import ai.orchestrator.server.orchestration.ModelName;
import ai.orchestrator.server.search.TimeWords;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The keys of {@code when} and how each is read. */
final class Conditions {
    private interface Reader {
        Optional<Condition> read(Section when, String key);
    }

    private static final long MAX_CHARS = 1_000_000_000;
    private static final Set<String> CREDENTIALS =
            Set.of("authorization", "proxy-authorization", "cookie", "x-api-key", "api-key");
    private static final Map<String, Complexity> COMPLEXITIES =
            Map.of("low", Complexity.LOW, "medium", Complexity.MEDIUM, "high", Complexity.HIGH);

    private final Map<String, Reader> readers = new TreeMap<>();

    Conditions(TimeWords timeWords) {
        readers.put("model", Conditions::model);
        readers.put("complexity", Conditions::complexity);
        readers.put("confidence_below", confidence((confidence, limit) -> confidence < limit));
        readers.put("confidence_above", confidence((confidence, limit) -> confidence > limit));
        readers.put("headers", Conditions::headers);
        readers.put("api_key", Conditions::apiKey);
        readers.put("prompt_chars_above", promptChars((chars, limit) -> chars > limit));
        readers.put("prompt_chars_below", promptChars((chars, limit) -> chars < limit));
        readers.put("temperature_above", Conditions::temperature);
        readers.put("language", Conditions::language);
        readers.put("tools", flag(subject -> !subject.request().tools().isEmpty()));
        readers.put("images", flag(Subject::images));
        readers.put("structured", flag(subject -> !(subject.request().format() instanceof ResponseFormat.Text)));
        readers.put(
                "time_sensitive",
                flag(subject -> timeWords.timeSensitive(subject.request().question())));
    }

    Set<String> keys() {
        return readers.keySet();
    }

    /** The conditions of a section, by key. */
    List<Condition> read(Section when) {
        List<Condition> conditions = new ArrayList<>();
        readers.forEach((key, reader) -> {
            if (when.has(key)) {
                reader.read(when, key).ifPresent(conditions::add);
            }
        });
        return conditions;
    }

    private static Optional<Condition> model(Section when, String key) {
        List<Glob> globs = new ArrayList<>();
        for (String text : when.texts(key)) {
            if (text.contains("*")) {
                globs.add(new Glob(text));
                continue;
            }
            ModelName.parse(text)
                    .ifPresentOrElse(
                            name -> globs.add(new Glob(name.full())),
                            () -> when.problem(key, "'" + text + "' is no legal model name"));
        }
        // a pattern without a tag means every name that it matches before the default tag
        Predicate<String> anyMatches =
                name -> globs.stream().anyMatch(glob -> glob.matches(name) || glob.matches(withoutDefaultTag(name)));
        return condition(key, globs.stream().map(Glob::pattern).toList(), AT_MODEL, subject -> subject.model()
                .filter(anyMatches)
                .isPresent());
    }

    private static String withoutDefaultTag(String name) {
        return name.endsWith(":latest") ? name.substring(0, name.length() - ":latest".length()) : name;
    }

    private static Optional<Condition> complexity(Section when, String key) {
        Set<Complexity> wanted = EnumSet.noneOf(Complexity.class);
        when.texts(key).forEach(text -> when.oneOf(key, text, COMPLEXITIES).ifPresent(wanted::add));
        return condition(key, wanted.stream().map(Enum::name).toList(), AT_VERDICT, subject -> subject.verdict()
                .filter(verdict -> wanted.contains(verdict.complexity()))
                .isPresent());
    }

    private static Reader confidence(BiPredicate<Double, Double> compares) {
        return (when, key) -> when.number(key, 0, 1)
                .flatMap(limit -> condition(key, List.of(plain(limit)), AT_VERDICT, subject -> subject.verdict()
                        .filter(verdict -> compares.test(verdict.confidence(), limit.doubleValue()))
                        .isPresent()));
    }

    private static Optional<Condition> headers(Section when, String key) {
        Map<String, List<Glob>> wanted = new TreeMap<>();
        when.freeSection(key).ifPresent(headers -> {
            if (headers.keys().isEmpty()) {
                when.problem(key, "'headers' names no header");
            }
            for (String header : headers.keys()) {
                String name = header.toLowerCase(Locale.ROOT);
                if (CREDENTIALS.contains(name)) {
                    headers.problem(header, "rules do not see the header '" + header + "'; use 'api_key'");
                }
                List<Glob> values =
                        headers.texts(header).stream().map(Glob::new).toList();
                if (wanted.put(name, values) != null) {
                    headers.problem(header, "'" + header + "' is given twice in different case");
                }
            }
        });
        List<String> values = new ArrayList<>();
        wanted.forEach((name, globs) ->
                globs.stream().map(Glob::pattern).sorted().forEach(glob -> values.add(name + ": " + glob)));
        return condition(key, values, AT_REQUEST, subject -> wanted.entrySet().stream()
                .allMatch(entry -> headerMatches(subject, entry.getKey(), entry.getValue())));
    }

    private static boolean headerMatches(Subject subject, String name, List<Glob> globs) {
        return Optional.ofNullable(subject.request().caller().headers().get(name))
                .filter(value -> globs.stream().anyMatch(glob -> glob.matches(value)))
                .isPresent();
    }

    private static Optional<Condition> apiKey(Section when, String key) {
        List<String> tenants = when.texts(key);
        return condition(
                key,
                tenants,
                AT_REQUEST,
                subject -> tenants.contains(subject.request().caller().tenant()));
    }

    private static Optional<Condition> language(Section when, String key) {
        Map<String, String> known =
                Languages.known().stream().collect(Collectors.toMap(Function.identity(), Function.identity()));
        List<String> wanted = when.texts(key).stream()
                .map(text -> when.oneOf(key, text, known))
                .flatMap(Optional::stream)
                .toList();
        return condition(key, wanted, AT_REQUEST, subject -> subject.language()
                .filter(wanted::contains)
                .isPresent());
    }

    private static Reader promptChars(BiPredicate<Long, Long> compares) {
        return (when, key) -> when.number(key, 0, MAX_CHARS)
                .flatMap(limit -> condition(
                        key,
                        List.of(plain(limit)),
                        AT_REQUEST,
                        subject -> compares.test(subject.promptChars(), limit.longValue())));
    }

    private static Optional<Condition> temperature(Section when, String key) {
        return when.number(key, 0, 2)
                .flatMap(limit -> condition(key, List.of(plain(limit)), AT_REQUEST, subject -> subject.request()
                        .options()
                        .temperature()
                        .filter(temperature -> temperature > limit.doubleValue())
                        .isPresent()));
    }

    private static Reader flag(Predicate<Subject> test) {
        return (when, key) -> when.flag(key)
                .flatMap(wanted -> condition(
                        key, List.of(wanted.toString()), AT_REQUEST, subject -> test.test(subject) == wanted));
    }

    /** A condition; empty without values, which is a problem that was told already. */
    private static Optional<Condition> condition(
            String key, List<String> values, Condition.Looks looks, Predicate<Subject> test) {
        return values.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Condition(key, values.stream().sorted().distinct().toList(), looks, test));
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toString();
    }
}
