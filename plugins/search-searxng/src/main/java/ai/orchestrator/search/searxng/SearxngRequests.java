package ai.orchestrator.search.searxng;

import ai.orchestrator.plugin.search.SearchQuery;
import ai.orchestrator.search.http.LanguageTag;
import ai.orchestrator.search.http.QueryWords;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import okhttp3.HttpUrl;
import okhttp3.Request;

/**
 * Words a query for an instance. The headers are those that its limiter wants to see; gzip is asked for, and undone, by OkHttp.
 */
final class SearxngRequests {
    /** What makes a word a command: bangs choose engines or lead to other sites, a colon the language, a less-than the timeout. */
    private static final Pattern COMMAND = Pattern.compile("^[!:<]+");

    private static final Set<String> NO_LANGUAGES = Set.of("all", "auto");
    private static final String ANY_LANGUAGE = "en";

    private final SearxngSettings settings;
    private final String userAgent;

    SearxngRequests(SearxngSettings settings, String userAgent) {
        this.settings = settings;
        this.userAgent = userAgent;
    }

    /** The request, or empty if the text holds nothing to look for. */
    Optional<Request> request(SearchQuery query) {
        String words = words(query.text());
        if (words.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> language =
                query.language().flatMap(SearxngRequests::known).or(settings::language);
        HttpUrl.Builder url =
                settings.endpoint().newBuilder().addQueryParameter("q", words).addQueryParameter("format", "json");
        settings.engines().ifPresent(engines -> url.addQueryParameter("engines", engines));
        settings.categories().ifPresent(categories -> url.addQueryParameter("categories", categories));
        settings.safesearch().ifPresent(level -> url.addQueryParameter("safesearch", Long.toString(level)));
        language.ifPresent(tag -> url.addQueryParameter("language", tag));
        range(query.freshness()).ifPresent(range -> url.addQueryParameter("time_range", range));
        return Optional.of(new Request.Builder()
                .url(url.build())
                .header("User-Agent", userAgent)
                .header("Accept", "application/json, */*;q=0.5")
                .header(
                        "Accept-Language",
                        language.filter(tag -> !NO_LANGUAGES.contains(tag)).orElse(ANY_LANGUAGE))
                .build());
    }

    private static String words(String text) {
        return QueryWords.of(text)
                .map(word -> COMMAND.matcher(word).replaceFirst(""))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining(" "));
    }

    /** The part of a language tag that SearXNG knows; it refuses the search if it is given more. */
    private static Optional<String> known(String tag) {
        return LanguageTag.of(tag)
                .map(parts -> parts.country().isEmpty() ? parts.language() : parts.language() + "-" + parts.country());
    }

    private static Optional<String> range(SearchQuery.Freshness freshness) {
        return switch (freshness) {
            case ANY -> Optional.empty();
            case DAY, WEEK, MONTH, YEAR -> Optional.of(freshness.name().toLowerCase(Locale.ROOT));
        };
    }
}
