package ai.orchestrator.search.brave;

import ai.orchestrator.plugin.InvalidSettingException;
import ai.orchestrator.plugin.Settings;
import ai.orchestrator.search.http.EngineSettings;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * The plugin's part of the configuration.
 *
 * @param apiKey the subscription token
 * @param endpoint where searches go
 * @param count most results of one search, 1 to 20
 * @param country two letters, or {@code ALL}; the service's default where it is left out
 * @param language as the service writes it, such as {@code de} or {@code pt-br}, where the query asks for none
 * @param safesearch {@code off}, {@code moderate} or {@code strict}
 * @param extraSnippets whether up to five more snippets of each page are asked for, which not every plan has
 * @param requestsPerSecond what the plan allows, 0.01 to 1000
 * @param timeout longest time for one search, where the query's deadline is not shorter
 */
record BraveSettings(
        String apiKey,
        HttpUrl endpoint,
        int count,
        Optional<String> country,
        Optional<String> language,
        Optional<String> safesearch,
        boolean extraSnippets,
        BigDecimal requestsPerSecond,
        Duration timeout) {
    static final int MOST_RESULTS = 20;

    private static final String SEARCH = "https://api.search.brave.com/res/v1/web/search";
    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}|ALL");
    private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2}(-[a-z]{2,4})?");
    private static final Pattern SAFESEARCH = Pattern.compile("off|moderate|strict");
    private static final BigDecimal SLOWEST = new BigDecimal("0.01");
    private static final BigDecimal FASTEST = BigDecimal.valueOf(1000);

    static BraveSettings read(Settings settings) {
        return new BraveSettings(
                EngineSettings.apiKey(settings),
                EngineSettings.url(settings.text("url", SEARCH)),
                (int) settings.number("count", MOST_RESULTS, 1, MOST_RESULTS),
                EngineSettings.matching(settings, "country", COUNTRY, "two capital letters, or ALL"),
                EngineSettings.matching(settings, "language", LANGUAGE, "a language such as de or pt-br"),
                EngineSettings.matching(settings, "safesearch", SAFESEARCH, "off, moderate or strict"),
                settings.flag("extra_snippets", false),
                pace(settings),
                EngineSettings.timeout(settings));
    }

    private static BigDecimal pace(Settings settings) {
        BigDecimal pace = settings.decimal("requests_per_second").orElse(BigDecimal.ONE);
        if (pace.compareTo(SLOWEST) < 0 || pace.compareTo(FASTEST) > 0) {
            throw new InvalidSettingException("requests_per_second", "expected 0.01 to 1000");
        }
        return pace;
    }
}
