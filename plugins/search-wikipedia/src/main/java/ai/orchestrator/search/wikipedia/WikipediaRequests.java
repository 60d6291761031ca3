package ai.orchestrator.search.wikipedia;

import ai.orchestrator.plugin.search.SearchQuery;
import ai.orchestrator.search.http.LanguageTag;
import ai.orchestrator.search.http.QueryWords;
import java.util.Optional;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import okhttp3.Request;

/** Words a query for the API. */
final class WikipediaRequests {
    /** In characters; the search refuses more. */
    private static final int LONGEST_QUERY = 300;

    /** What the search takes for quotation, wildcards, likeness and escapes. */
    private static final Pattern SYNTAX = Pattern.compile("[\"“”*?~\\\\]+");

    /** What makes a word a command or leaves it out, such as {@code insource:}, {@code -} and {@code !}. */
    private static final Pattern COMMAND = Pattern.compile("^[-!+:]+|(?<=\\p{L}):");

    private final WikipediaSettings settings;
    private final String userAgent;

    WikipediaRequests(WikipediaSettings settings, String userAgent) {
        this.settings = settings;
        this.userAgent = userAgent + " (" + settings.contact() + ")";
    }

    /** The request, or empty if the text holds nothing to look for. */
    Optional<Request> request(SearchQuery query) {
        String words = words(query.text());
        if (words.isEmpty()) {
            return Optional.empty();
        }
        String language = query.language()
                .flatMap(LanguageTag::of)
                .map(LanguageTag::language)
                .orElse(settings.language());
        HttpUrl.Builder url = settings.endpoint(language)
                .newBuilder()
                .addQueryParameter("action", "query")
                .addQueryParameter("format", "json")
                .addQueryParameter("formatversion", "2")
                .addQueryParameter("utf8", "1")
                .addQueryParameter("maxlag", "5");
        String limit = Integer.toString(Math.min(query.limit(), settings.count()));
        if (settings.extracts()) {
            url.addQueryParameter("generator", "search")
                    .addQueryParameter("gsrsearch", words)
                    .addQueryParameter("gsrlimit", limit)
                    .addQueryParameter("prop", "extracts|info")
                    .addQueryParameter("exintro", "1")
                    .addQueryParameter("explaintext", "1")
                    .addQueryParameter("exlimit", "max")
                    .addQueryParameter("inprop", "url");
        } else {
            url.addQueryParameter("list", "search")
                    .addQueryParameter("srsearch", words)
                    .addQueryParameter("srlimit", limit)
                    .addQueryParameter("srprop", "snippet|timestamp");
        }
        return Optional.of(new Request.Builder()
                .url(url.build())
                .header("User-Agent", userAgent)
                .header("Accept", "application/json")
                .build());
    }

    private static String words(String text) {
        String plain = SYNTAX.matcher(text).replaceAll(" ");
        return QueryWords.within(
                QueryWords.of(plain)
                        .map(word -> COMMAND.matcher(word).replaceAll(" ").strip())
                        .filter(word -> word.codePoints().anyMatch(Character::isLetterOrDigit)),
                LONGEST_QUERY,
                Integer.MAX_VALUE);
    }
}
