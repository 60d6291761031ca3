package ai.orchestrator.search.wikipedia;

import ai.orchestrator.plugin.InvalidSettingException;
import ai.orchestrator.plugin.Settings;
import ai.orchestrator.search.http.EngineSettings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * The plugin's part of the configuration.
 *
 * @param contact an e-mail or web address of the operator, which Wikipedia wants to be told
 * @param language of queries that ask for none, or for one without an endpoint
 * @param endpoints where searches go, by the language of a Wikipedia
 * @param count most results of one search, 1 to 20
 * @param extracts whether results have the articles' introductions, instead of the lines that match and the date of the last edit
 * @param timeout longest time for one search, where the query's deadline is not shorter
 */
record WikipediaSettings(
        String contact,
        String language,
        Map<String, HttpUrl> endpoints,
        int count,
        boolean extracts,
        Duration timeout) {
    /** As many introductions as there are in one answer. */
    static final int MOST_RESULTS = 20;

    private static final int DEFAULT_RESULTS = 10;
    private static final String PLACE = "{language}";
    private static final String API = "https://" + PLACE + ".wikipedia.org/w/api.php";
    private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,12}(-[a-z]{2,12}){0,3}");
    private static final Pattern CONTACT =
            Pattern.compile("[\\x21-\\x7E&&[^()@]]{1,100}@[A-Za-z0-9.-]{1,200}|https?://[\\x21-\\x7E&&[^()]]{1,300}");

    static WikipediaSettings read(Settings settings) {
        List<String> languages = languages(settings);
        return new WikipediaSettings(
                contact(settings),
                languages.getFirst(),
                endpoints(settings.text("url", API), languages),
                (int) settings.number("count", DEFAULT_RESULTS, 1, MOST_RESULTS),
                settings.flag("extracts", true),
                EngineSettings.timeout(settings));
    }

    HttpUrl endpoint(String wanted) {
        HttpUrl endpoint = endpoints.get(wanted);
        return endpoint == null ? home() : endpoint;
    }

    private HttpUrl home() {
        return endpoints.values().iterator().next();
    }

    private static String contact(Settings settings) {
        String contact = settings.text("contact");
        if (!CONTACT.matcher(contact).matches()) {
            throw new InvalidSettingException(
                    "contact", "expected an e-mail or web address of yours, which Wikipedia wants to be told");
        }
        return contact;
    }

    private static List<String> languages(Settings settings) {
        List<String> languages = settings.texts("language");
        languages.stream()
                .filter(language -> !LANGUAGE.matcher(language).matches())
                .findFirst()
                .ifPresent(bad -> {
                    throw new InvalidSettingException(
                            "language", "expected languages of Wikipedia such as en or de, found '" + bad + "'");
                });
        return languages.isEmpty() ? List.of("en") : languages;
    }

    private static Map<String, HttpUrl> endpoints(String url, List<String> languages) {
        Map<String, HttpUrl> endpoints = new LinkedHashMap<>();
        languages.forEach(language -> endpoints.put(language, EngineSettings.url(url.replace(PLACE, language))));
        return endpoints;
    }
}
