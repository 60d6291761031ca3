package ai.orchestrator.server.unicode;

import java.text.Normalizer;
import java.util.regex.Pattern;

/** Brings somebody else's text into one line of visible characters. */
public final class PlainText {
    /** Zero-width and other format characters (bidirectional controls, tags), variation selectors, fillers that show as nothing. */
    private static final Pattern INVISIBLE = Pattern.compile(
            "[\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}\\x{FE00}-\\x{FE0F}\\x{E0100}-\\x{E01EF}\\x{180B}-\\x{180F}\\x{34F}"
                    + "\\x{115F}\\x{1160}\\x{3164}\\x{FFA0}\\x{2800}]");

    private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}\\p{Cc}]+");

    private PlainText() {}

    /** One line without anything invisible, in the compatible form of each character. */
    public static String of(String text) {
        String visible = INVISIBLE.matcher(text).replaceAll("");
        String normal = Normalizer.normalize(visible, Normalizer.Form.NFKC);
        return SPACE.matcher(INVISIBLE.matcher(normal).replaceAll(""))
                .replaceAll(" ")
                .strip();
    }

    /** At most so many characters, and never half of one. */
    public static String cut(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit);
    }
}
