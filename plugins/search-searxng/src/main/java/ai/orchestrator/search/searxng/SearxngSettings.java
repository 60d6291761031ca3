package ai.orchestrator.search.searxng;

import ai.orchestrator.plugin.Settings;
import ai.orchestrator.search.http.EngineSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import okhttp3.HttpUrl;

/**
 * The plugin's part of the configuration. What is left out is for the instance's own settings to decide.
 *
 * @param endpoint where searches go: the {@code url} setting with {@code search} at its end
 * @param engines names of the instance's engines, joined by commas
 * @param categories names of the instance's categories, joined by commas
 * @param language {@code all}, {@code auto}, or a language as {@code de} or {@code de-CH}, where the query asks for none
 * @param safesearch 0 off, 1 moderate, 2 strict
 * @param timeout longest time for one search, where the query's deadline is not shorter
 */
record SearxngSettings(
        HttpUrl endpoint,
        Optional<String> engines,
        Optional<String> categories,
        Optional<String> language,
        Optional<Long> safesearch,
        Duration timeout) {
    private static final Pattern LANGUAGE = Pattern.compile("all|auto|[a-z]{2,3}(-[A-Za-z]{2})?");

    static SearxngSettings read(Settings settings) {
        return new SearxngSettings(
                endpoint(settings.text("url")),
                names(settings, "engines"),
                names(settings, "categories"),
                EngineSettings.matching(settings, "language", LANGUAGE, "all, auto, or a language such as de or de-CH"),
                settings.optionalText("safesearch").map(given -> settings.number("safesearch", 0, 0, 2)),
                EngineSettings.timeout(settings));
    }

    private static HttpUrl endpoint(String url) {
        HttpUrl parsed = EngineSettings.url(url);
        if (parsed.encodedPath().endsWith("/search")) {
            return parsed;
        }
        return parsed.newBuilder().addPathSegments("search").build();
    }

    private static Optional<String> names(Settings settings, String name) {
        return Optional.of(settings.texts(name).stream()
                        .flatMap(text -> Pattern.compile(",").splitAsStream(text))
                        .map(String::strip)
                        .filter(text -> !text.isEmpty())
                        .collect(Collectors.joining(",")))
                .filter(joined -> !joined.isEmpty());
    }
}
