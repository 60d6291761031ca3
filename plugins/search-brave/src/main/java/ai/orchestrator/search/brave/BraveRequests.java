package ai.orchestrator.search.brave;

import ai.orchestrator.plugin.search.SearchQuery;
import ai.orchestrator.search.http.LanguageTag;
import ai.orchestrator.search.http.QueryWords;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.Request;

/** Words a query for the service. */
final class BraveRequests {
    /** The service refuses more, as it does more words. */
    private static final int LONGEST_QUERY = 400;

    private static final int MOST_WORDS = 50;

    private final BraveSettings settings;
    private final String userAgent;

    BraveRequests(BraveSettings settings, String userAgent) {
        this.settings = settings;
        this.userAgent = userAgent;
    }

    /** The request, or empty if the text holds nothing to look for. */
    Optional<Request> request(SearchQuery query) {
        String words = QueryWords.within(QueryWords.of(query.text()), LONGEST_QUERY, MOST_WORDS);
        if (words.isEmpty()) {
            return Optional.empty();
        }
        HttpUrl.Builder url = settings.endpoint()
                .newBuilder()
                .addQueryParameter("q", words)
                .addQueryParameter("count", Integer.toString(Math.min(query.limit(), settings.count())))
                .addQueryParameter("result_filter", "web")
                .addQueryParameter("text_decorations", "false")
                // a question's quotes and colons are meant as they stand
                .addQueryParameter("operators", "false");
        settings.country().ifPresent(country -> url.addQueryParameter("country", country));
        settings.safesearch().ifPresent(level -> url.addQueryParameter("safesearch", level));
        query.language()
                .flatMap(LanguageTag::of)
                .flatMap(SearchLanguage::of)
                .or(settings::language)
                .ifPresent(language -> url.addQueryParameter("search_lang", language));
        freshness(query.freshness()).ifPresent(range -> url.addQueryParameter("freshness", range));
        if (settings.extraSnippets()) {
            url.addQueryParameter("extra_snippets", "true");
        }
        return Optional.of(new Request.Builder()
                .url(url.build())
                .header("User-Agent", userAgent)
                .header("Accept", "application/json")
                .header("X-Subscription-Token", settings.apiKey())
                .build());
    }

    private static Optional<String> freshness(SearchQuery.Freshness freshness) {
        return switch (freshness) {
            case ANY -> Optional.empty();
            case DAY -> Optional.of("pd");
            case WEEK -> Optional.of("pw");
            case MONTH -> Optional.of("pm");
            case YEAR -> Optional.of("py");
        };
    }
}
