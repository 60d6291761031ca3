package ai.orchestrator.search.http;

import ai.orchestrator.plugin.InvalidSettingException;
import ai.orchestrator.plugin.Settings;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/** The settings that engines have in common. None of the messages repeats what may be a secret. */
public final class EngineSettings {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(1);
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7E]+");

    private EngineSettings() {}

    /** An http(s) address without user name, query and fragment, from a setting named {@code url}. */
    public static HttpUrl url(String text) {
        HttpUrl parsed = HttpUrl.parse(text);
        if (parsed == null) {
            throw new InvalidSettingException("url", "expected an address such as http://127.0.0.1:8888");
        }
        if (!parsed.username().isEmpty()
                || !parsed.password().isEmpty()
                || parsed.query() != null
                || parsed.fragment() != null) {
            throw new InvalidSettingException("url", "expected an address without user name, '?' or '#'");
        }
        return parsed;
    }

    /** The {@code timeout} setting: 1 ms to 60 s, 5 s where it is absent. */
    public static Duration timeout(Settings settings) {
        Duration timeout = settings.duration("timeout", DEFAULT_TIMEOUT);
        if (!timeout.isPositive() || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new InvalidSettingException("timeout", "expected 1ms to 60s");
        }
        return timeout;
    }

    /** The {@code api_key} setting, fit for a header. */
    public static String apiKey(Settings settings) {
        String key = settings.text("api_key");
        if (!KEY.matcher(key).matches()) {
            throw new InvalidSettingException("api_key", "expected printable characters without spaces");
        }
        return key;
    }

    /**
     * A text of a given form, if it is there.
     *
     * @param expected goes on after "expected"
     */
    public static Optional<String> matching(Settings settings, String name, Pattern form, String expected) {
        Optional<String> given = settings.optionalText(name);
        given.filter(text -> !form.matcher(text).matches()).ifPresent(text -> {
            throw new InvalidSettingException(name, "expected " + expected + ", found '" + text + "'");
        });
        return given;
    }
}
