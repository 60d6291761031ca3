package ai.orchestrator.search.http;

import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.parser.Parser;

/** Text of the web without its markup. */
public final class PlainText {
    private static final Pattern TAG = Pattern.compile("</?[a-zA-Z][^<>]*>|<!--");
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cs}\\p{Z}]+");

    private PlainText() {}

    /** The text of what may be HTML: no tags, entities decoded, on one line. A bare less-than, as in code, is kept. */
    public static String of(String html) {
        String text =
                TAG.matcher(html).find() ? Jsoup.parseBodyFragment(html).text() : Parser.unescapeEntities(html, false);
        return UNPRINTABLE.matcher(text).replaceAll(" ").strip();
    }

    /** At most so many characters. */
    public static String shorten(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 2)) ? most - 2 : most - 1;
        return text.substring(0, end) + "…";
    }
}
