package ai.orchestrator.search.http;

import java.util.Locale;
import java.util.Optional;

/**
 * The parts of a BCP 47 tag that search services know.
 *
 * @param language two or three lower-case letters
 * @param script such as {@code Hant}, or empty
 * @param country two upper-case letters, or empty
 */
public record LanguageTag(String language, String script, String country) {
    /** The parts, or empty if the tag names no language. */
    public static Optional<LanguageTag> of(String tag) {
        Locale locale = Locale.forLanguageTag(tag);
        String language = locale.getLanguage();
        String country = locale.getCountry().length() == 2 ? locale.getCountry() : "";
        return language.isEmpty() || language.length() > 3
                ? Optional.empty()
                : Optional.of(new LanguageTag(language, locale.getScript(), country));
    }
}
