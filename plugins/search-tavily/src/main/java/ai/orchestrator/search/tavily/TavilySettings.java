package ai.orchestrator.search.tavily;

import ai.orchestrator.plugin.InvalidSettingException;
import ai.orchestrator.plugin.Settings;
import ai.orchestrator.search.http.EngineSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * The plugin's part of the configuration.
 *
 * @param apiKey the key
 * @param endpoint where searches go
 * @param depth {@code basic} and the two below it cost one credit, {@code advanced} two
 * @param topic {@code general}, {@code news} or {@code finance}
 * @param count most results of one search, 1 to 20
 * @param chunks passages of each source, 1 to 3; for the advanced depth alone
 * @param country an English name in lower case, such as {@code germany}; for the general topic alone
 * @param includeDomains only these, if there are any
 * @param excludeDomains none of these
 * @param timeout longest time for one search, where the query's deadline is not shorter
 */
record TavilySettings(
        String apiKey,
        HttpUrl endpoint,
        String depth,
        String topic,
        int count,
        Optional<Long> chunks,
        Optional<String> country,
        List<String> includeDomains,
        List<String> excludeDomains,
        Duration timeout) {
    static final int MOST_RESULTS = 20;

    private static final String SEARCH = "https://api.tavily.com/search";
    private static final String BASIC = "basic";
    private static final String ADVANCED = "advanced";
    private static final String GENERAL = "general";
    private static final int MOST_INCLUDED = 300;
    private static final int MOST_EXCLUDED = 150;
    private static final Pattern DEPTH = Pattern.compile("basic|advanced|fast|ultra-fast");
    private static final Pattern TOPIC = Pattern.compile("general|news|finance");
    private static final Pattern COUNTRY = Pattern.compile("[a-z][a-z ]{2,40}");
    private static final Pattern DOMAIN = Pattern.compile("[A-Za-z0-9*.-]{1,253}(/\\S{0,200})?");

    static TavilySettings read(Settings settings) {
        TavilySettings read = new TavilySettings(
                EngineSettings.apiKey(settings),
                EngineSettings.url(settings.text("url", SEARCH)),
                EngineSettings.matching(settings, "depth", DEPTH, "basic, advanced, fast or ultra-fast")
                        .orElse(BASIC),
                EngineSettings.matching(settings, "topic", TOPIC, "general, news or finance")
                        .orElse(GENERAL),
                (int) settings.number("count", MOST_RESULTS, 1, MOST_RESULTS),
                settings.optionalText("chunks_per_source").map(given -> settings.number("chunks_per_source", 1, 1, 3)),
                EngineSettings.matching(settings, "country", COUNTRY, "an English name in lower case, such as germany"),
                domains(settings, "include_domains", MOST_INCLUDED),
                domains(settings, "exclude_domains", MOST_EXCLUDED),
                EngineSettings.timeout(settings));
        if (read.chunks().isPresent() && !read.depth().equals(ADVANCED)) {
            throw new InvalidSettingException("chunks_per_source", "needs 'depth: advanced'");
        }
        if (read.country().isPresent() && !read.topic().equals(GENERAL)) {
            throw new InvalidSettingException("country", "needs 'topic: general'");
        }
        return read;
    }

    private static List<String> domains(Settings settings, String name, int most) {
        List<String> domains = settings.texts(name);
        if (domains.size() > most) {
            throw new InvalidSettingException(name, "expected at most " + most);
        }
        domains.stream()
                .filter(domain -> !DOMAIN.matcher(domain).matches())
                .findFirst()
                .ifPresent(bad -> {
                    throw new InvalidSettingException(
                            name, "expected domains such as example.org, found '" + bad + "'");
                });
        return domains;
    }
}
