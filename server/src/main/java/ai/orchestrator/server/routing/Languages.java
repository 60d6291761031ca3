package ai.orchestrator.server.routing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import opennlp.tools.langdetect.LanguageDetectorME;
import opennlp.tools.langdetect.LanguageDetectorModel;
import org.jspecify.annotations.Nullable;

/**
 * Tells which of some widespread languages a text is in, by OpenNLP's model of 103. The others are left out, since a short text in a widespread
 * one looks much like one in its small neighbours. Loaded when the first rule looks at it, which takes a second or two.
 */
final class Languages {
    private static final String MODEL = "/langdetect-183.bin";
    private static final int ENOUGH_CHARS = 1_000;
    private static final int RECENT = 256;
    private static final int FEWEST_LETTERS = 4;
    private static final Set<String> WIDESPREAD = Set.of(
            "ar", "bg", "bn", "ca", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "he", "hi", "hr", "hu",
            "id", "it", "ja", "ko", "lt", "lv", "nl", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "ta", "te", "th",
            "tr", "uk", "ur", "vi");

    /** By OpenNLP's code, of three letters. */
    private static final Map<String, String> CODES = codes();

    private static final Languages ONLY = new Languages();

    /** The rules ask for a request's language several times. */
    private final Map<String, Optional<String>> recent =
            Collections.synchronizedMap(new LinkedHashMap<>(RECENT, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Optional<String>> eldest) {
                    return size() > RECENT;
                }
            });

    private @Nullable LanguageDetectorModel model;

    private Languages() {}

    /** The detector, whose model is held once. */
    static Languages detector() {
        return ONLY;
    }

    /** The codes that {@link #of} may give, of two letters. */
    static Set<String> known() {
        return Set.copyOf(CODES.values());
    }

    /** The language of a text by its code in ISO 639-1; empty where the text has hardly a letter. */
    Optional<String> of(String text) {
        String start = text.length() > ENOUGH_CHARS ? text.substring(0, ENOUGH_CHARS) : text;
        if (start.codePoints().filter(Character::isLetter).limit(FEWEST_LETTERS).count() < FEWEST_LETTERS
                && start.codePoints().noneMatch(Character::isIdeographic)) {
            return Optional.empty();
        }
        Optional<String> known = recent.get(start);
        if (known == null) {
            known = likeliest(start);
            recent.put(start, known);
        }
        return known;
    }

    private Optional<String> likeliest(String text) {
        return Arrays.stream(new LanguageDetectorME(model()).predictLanguages(text))
                .map(language -> Optional.ofNullable(CODES.get(language.getLang())))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private synchronized LanguageDetectorModel model() {
        if (model == null) {
            try (InputStream stream = Languages.class.getResourceAsStream(MODEL)) {
                if (stream == null) {
                    throw new IllegalStateException("the model of languages is not on the class path");
                }
                model = new LanguageDetectorModel(stream);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return model;
    }

    private static Map<String, String> codes() {
        Map<String, String> codes = new TreeMap<>();
        WIDESPREAD.forEach(code -> codes.put(Locale.of(code).getISO3Language(), code));
        // where the model tells varieties that have codes of their own
        codes.put("cmn", "zh");
        codes.put("pes", "fa");
        codes.put("ekk", "et");
        codes.put("lvs", "lv");
        codes.put("nob", "no");
        codes.put("nno", "no");
        codes.put("zlm", "ms");
        return Map.copyOf(codes);
    }
}
