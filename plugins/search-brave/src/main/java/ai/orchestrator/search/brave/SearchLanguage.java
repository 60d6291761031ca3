package ai.orchestrator.search.brave;

import ai.orchestrator.search.http.LanguageTag;
import java.util.Optional;
import java.util.Set;

/** The service's own names of languages; it refuses a search in any other. */
final class SearchLanguage {
    private static final Set<String> NAMED_AS_USUAL = Set.of(
            "ar", "bg", "bn", "ca", "cs", "da", "de", "el", "en", "es", "et", "eu", "fi", "fr", "gl", "gu", "he", "hi",
            "hr", "hu", "is", "it", "kn", "ko", "lt", "lv", "ml", "mr", "ms", "nb", "nl", "pa", "pl", "ro", "ru", "sk",
            "sl", "sr", "sv", "ta", "te", "th", "tr", "uk", "vi");

    private static final Set<String> TRADITIONAL_CHINESE = Set.of("TW", "HK", "MO");

    private SearchLanguage() {}

    /** The name, or empty if the service does not know the language. */
    static Optional<String> of(LanguageTag tag) {
        return switch (tag.language()) {
            case "en" -> Optional.of(tag.country().equals("GB") ? "en-gb" : "en");
            case "pt" -> Optional.of(tag.country().equals("PT") ? "pt-pt" : "pt-br");
            case "ja" -> Optional.of("jp");
            case "no", "nn" -> Optional.of("nb");
            case "zh" ->
                Optional.of(
                        tag.script().equals("Hant")
                                        || (tag.script().isEmpty() && TRADITIONAL_CHINESE.contains(tag.country()))
                                ? "zh-hant"
                                : "zh-hans");
            default -> Optional.of(tag.language()).filter(NAMED_AS_USUAL::contains);
        };
    }
}
