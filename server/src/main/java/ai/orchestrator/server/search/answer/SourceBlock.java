package ai.orchestrator.server.search.answer;

import ai.orchestrator.server.orchestration.Source;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The list of sources below an answer. Titles and addresses are other people's words: each source is one line, which shows the same to readers of
 * Markdown and of plain text, and in which nothing but the source's own address can become a link.
 */
final class SourceBlock {
    private static final String HEAD = "\n\nSources:";
    private static final int LONGEST_TITLE = 120;

    /** Control and format characters, separators, and what is no character. */
    private static final Pattern UNSEEN = Pattern.compile("[\\p{C}\\p{Z}\\s]+");

    /** What addresses are found by in plain text, a scheme, a host and a mailbox. */
    private static final Pattern ADDRESS = Pattern.compile("(?i):(?=//)|(?<=www)\\.|@");

    private static final String FILE = "file://";

    private static final Pattern WEB = Pattern.compile("(?i)https?://.*");
    private static final Pattern ENTITY = Pattern.compile("&(?=#?[A-Za-z0-9]+;)");

    /** An underscore that is not inside a word can be an emphasis. */
    private static final Pattern EDGE = Pattern.compile("(?<![\\p{L}\\p{N}])_+|_+(?![\\p{L}\\p{N}])");

    /** What Markdown and HTML are made of, and what stands for each. */
    private static final String SPECIAL = "[]{}<>`\\*~";

    private static final String HARMLESS = "()()\u2039\u203A'/\u2217\u223C";

    private static final String ADDRESS_CHARS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#@!$&'()+,;=%";

    private SourceBlock() {}

    /** Those of the sources with these numbers, in order; all where there are none with them. Begins with a blank line, and has no line end. */
    static String of(List<Source> sources, Set<Integer> cited) {
        List<Source> shown = sources.stream()
                .filter(source -> cited.contains(source.number()))
                .toList();
        StringBuilder block = new StringBuilder(HEAD);
        (shown.isEmpty() ? sources : shown)
                .stream()
                        .sorted((a, b) -> Integer.compare(a.number(), b.number()))
                        .forEach(source -> block.append('\n').append(line(source)));
        return block.toString();
    }

    private static String line(Source source) {
        String title = title(source.title());
        return "[" + source.number() + "] " + (title.isEmpty() ? "" : title + " - ") + address(source.url());
    }

    private static String title(String text) {
        String line = UNSEEN.matcher(text).replaceAll(" ").strip();
        StringBuilder harmless = new StringBuilder();
        line.codePoints().limit(LONGEST_TITLE).map(SourceBlock::harmless).forEach(harmless::appendCodePoint);
        if (line.codePointCount(0, line.length()) > LONGEST_TITLE) {
            harmless.append('\u2026');
        }
        String apart = ADDRESS.matcher(harmless).replaceAll("$0 ");
        apart = ENTITY.matcher(apart).replaceAll("& ");
        return EDGE.matcher(apart).replaceAll(" ").replaceAll(" {2,}", " ").strip();
    }

    private static int harmless(int c) {
        int at = SPECIAL.indexOf(c);
        return at < 0 ? c : HARMLESS.charAt(at);
    }

    private static String encoded(int c) {
        return HexFormat.of()
                .withUpperCase()
                .withPrefix("%")
                .formatHex(Character.toString(c).getBytes(StandardCharsets.UTF_8));
    }

    /** What has no place in an address is percent-encoded, so that it ends where the line does. */
    private static String address(String url) {
        StringBuilder address = new StringBuilder();
        url.codePoints().forEach(c -> {
            if (ADDRESS_CHARS.indexOf(c) >= 0 || c > 0x7F && Character.isLetterOrDigit(c)) {
                address.appendCodePoint(c);
            } else {
                address.append(encoded(c));
            }
        });
        String whole = EDGE.matcher(address)
                .replaceAll(found -> "%5F".repeat(found.group().length()));
        if (WEB.matcher(whole).matches()) {
            return whole;
        }
        // part of an address that is none of the web's must not become one
        int path = whole.startsWith(FILE) ? FILE.length() : 0;
        return whole.substring(0, path)
                + ADDRESS.matcher(whole.substring(path))
                        .replaceAll(found -> encoded(found.group().codePointAt(0)));
    }
}
