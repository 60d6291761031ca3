package ai.orchestrator.server.search.page;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells style declarations that keep a text from readers' eyes. */
final class HiddenStyle {
    private static final Pattern COMMENT = Pattern.compile("/\\*.*?(?:\\*/|$)", Pattern.DOTALL);
    private static final Pattern ESCAPE = Pattern.compile("\\\\([0-9a-fA-F]{1,6})\\s?");
    private static final Pattern NOTHING = Pattern.compile("[+-]?0*\\.?0*(?:px|pt|em|rem|%|vh|vw|ex|ch|cm|mm|in|pc)?");
    private static final Pattern TINY =
            Pattern.compile("0*(?:[01]?(?:\\.\\d+)?)(?:px|pt)|0*\\.[01]\\d*(?:em|rem)|[0-9](?:\\.\\d+)?%");
    private static final Pattern FAR_OFF = Pattern.compile("-\\d{3,}(?:\\.\\d+)?(?:px|pt|em|rem|%|vw|vh)?");
    private static final Pattern CLIPPED = Pattern.compile(
            "rect\\(\\s*[01](?:px)?[\\s,]+[01](?:px)?[\\s,]+[01](?:px)?[\\s,]+[01](?:px)?\\s*\\)|inset\\(\\s*(?:[5-9]\\d|100)%.*|circle\\(\\s*0.*");

    private HiddenStyle() {}

    static boolean hides(String style) {
        Map<String, String> declared = declarations(style);
        return is(declared, "display", "none")
                || is(declared, "visibility", "hidden", "collapse")
                || is(declared, "content-visibility", "hidden")
                || is(declared, "color", "transparent", "rgba(0,0,0,0)")
                || matches(declared, "opacity", NOTHING)
                || matches(declared, "font-size", NOTHING)
                || matches(declared, "font-size", TINY)
                || matches(declared, "clip", CLIPPED)
                || matches(declared, "clip-path", CLIPPED)
                || declared.getOrDefault("transform", "").startsWith("scale(0)")
                || farOff(declared)
                || noRoom(declared)
                || sameColours(declared);
    }

    private static Map<String, String> declarations(String style) {
        String plain = ESCAPE.matcher(COMMENT.matcher(style).replaceAll(""))
                .replaceAll(escape -> Matcher.quoteReplacement(character(escape.group(1))));
        Map<String, String> declared = new HashMap<>();
        for (String declaration : plain.toLowerCase(Locale.ROOT).split(";", -1)) {
            int colon = declaration.indexOf(':');
            if (colon > 0) {
                declared.put(
                        declaration.substring(0, colon).strip(),
                        declaration
                                .substring(colon + 1)
                                .replace("!important", "")
                                .strip());
            }
        }
        return declared;
    }

    private static String character(String hex) {
        int point = Integer.parseInt(hex, 16);
        return Character.isValidCodePoint(point) ? Character.toString(point) : "";
    }

    private static boolean is(Map<String, String> declared, String name, String... values) {
        String value = declared.getOrDefault(name, "").replace(" ", "");
        for (String hidden : values) {
            if (value.equals(hidden)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(Map<String, String> declared, String name, Pattern pattern) {
        String value = declared.getOrDefault(name, "");
        return !value.isEmpty() && pattern.matcher(value).matches();
    }

    private static boolean farOff(Map<String, String> declared) {
        boolean moved = is(declared, "position", "absolute", "fixed")
                && (matches(declared, "left", FAR_OFF)
                        || matches(declared, "top", FAR_OFF)
                        || matches(declared, "right", FAR_OFF)
                        || matches(declared, "bottom", FAR_OFF));
        return moved || matches(declared, "text-indent", FAR_OFF) || matches(declared, "margin-left", FAR_OFF);
    }

    private static boolean noRoom(Map<String, String> declared) {
        return is(declared, "overflow", "hidden", "clip")
                && (matches(declared, "height", NOTHING)
                        || matches(declared, "width", NOTHING)
                        || matches(declared, "max-height", NOTHING)
                        || matches(declared, "max-width", NOTHING)
                        || matches(declared, "height", TINY));
    }

    private static boolean sameColours(Map<String, String> declared) {
        String text = declared.getOrDefault("color", "");
        String ground = declared.getOrDefault("background-color", declared.getOrDefault("background", ""));
        return !text.isEmpty() && text.equals(ground);
    }
}
