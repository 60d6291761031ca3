package ai.orchestrator.server.search.answer;

import ai.orchestrator.server.orchestration.Source;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jsoup.parser.Parser;

/** What an answer may cite, and where its links may lead. */
final class CitedSources {
    private static final Pattern WEB = Pattern.compile(
            "https?://([a-z0-9-]+(?:\\.[a-z0-9-]+)*)(?::[0-9]{1,5})?(?:[/?#].*)?",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** A place on the reader's own page or site. */
    private static final Pattern RELATIVE =
            Pattern.compile("#[^\\s\\\\]*|[\\w.%-]+(?:/[\\w.%-]+)*/?(?:[?#][^\\s\\\\]*)?|");

    private static final Pattern SEPARATOR = Pattern.compile("[^0-9]+");

    /** From one number to another. */
    private static final Pattern RANGE = Pattern.compile("([0-9]+) ?[\u2013-] ?\\^?([0-9]+)");

    private final Set<Integer> numbers;
    private final Set<String> urls;
    private final Set<String> hosts = new HashSet<>();
    private final Set<Integer> cited = new HashSet<>();

    CitedSources(List<Source> sources) {
        numbers = sources.stream().map(Source::number).collect(Collectors.toSet());
        urls = sources.stream().map(Source::url).collect(Collectors.toSet());
        urls.forEach(url -> host(url).ifPresent(hosts::add));
    }

    /** Those of the numbers that stand for a source, as {@code 1, 3}; empty if none does. */
    String known(String list) {
        return SEPARATOR
                .splitAsStream(list)
                .filter(number -> !number.isEmpty() && numbers.contains(Integer.parseInt(number)))
                .collect(Collectors.joining(", "));
    }

    /** Takes note of a citation of those of the numbers that stand for a source. */
    void cite(String list) {
        SEPARATOR
                .splitAsStream(list)
                .filter(number -> !number.isEmpty())
                .map(Integer::valueOf)
                .forEach(cited::add);
        Matcher range = RANGE.matcher(list);
        while (range.find()) {
            int from = Integer.parseInt(range.group(1));
            int to = Integer.parseInt(range.group(2));
            numbers.stream().filter(number -> from < number && number < to).forEach(cited::add);
        }
        cited.retainAll(numbers);
    }

    /** The numbers that were cited. */
    Set<Integer> cited() {
        return Set.copyOf(cited);
    }

    boolean allKnown(String list) {
        return SEPARATOR
                .splitAsStream(list)
                .filter(number -> !number.isEmpty())
                .allMatch(number -> numbers.contains(Integer.parseInt(number)));
    }

    /**
     * Whether a link may lead there.
     *
     * @param inner what a link has between its round brackets: its destination, and perhaps a title
     */
    boolean mayLeadTo(String inner) {
        String text = inner.strip();
        String destination = text.startsWith("<")
                ? text.substring(1, Math.max(1, text.indexOf('>')))
                : text.replaceFirst("(?s)\\s.*", "");
        if (urls.contains(destination)) {
            return true;
        }
        String plain = Parser.unescapeEntities(destination, false);
        return RELATIVE.matcher(plain).matches()
                || host(plain).map(hosts::contains).orElse(false);
    }

    private static Optional<String> host(String url) {
        Matcher matcher = WEB.matcher(url);
        return matcher.matches() && url.indexOf('\\') < 0
                ? Optional.of(matcher.group(1).toLowerCase(Locale.ROOT).replaceFirst("^www\\.", ""))
                : Optional.empty();
    }
}
