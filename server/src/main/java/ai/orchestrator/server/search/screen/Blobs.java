package ai.orchestrator.server.search.screen;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Texts that are written in base64 or as hexadecimal digits. */
final class Blobs {
    private static final Pattern BASE64 = Pattern.compile("(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{24,}+");
    private static final Pattern HEX = Pattern.compile("(?<![0-9A-Za-z])(?:[0-9A-Fa-f]{2}[ :]?){16,}+");

    /** Blobs that are looked at, and characters of each. */
    private static final int MOST = 50;

    private static final int LONGEST = 8_000;

    private Blobs() {}

    /** What the blobs say that say something. */
    static List<String> decoded(String text) {
        Stream<Optional<String>> base64 =
                BASE64.matcher(text).results().limit(MOST).map(found -> base64(found.group()));
        Stream<Optional<String>> hex = HEX.matcher(text).results().limit(MOST).map(found -> hex(found.group()));
        return Stream.concat(base64, hex).flatMap(Optional::stream).toList();
    }

    private static Optional<String> base64(String blob) {
        String digits = cut(blob).replace('-', '+').replace('_', '/');
        return text(Base64.getDecoder().decode(digits.substring(0, digits.length() / 4 * 4)));
    }

    private static Optional<String> hex(String blob) {
        String digits = cut(blob).replaceAll("[ :]", "");
        return text(HexFormat.of().parseHex(digits.substring(0, digits.length() / 2 * 2)));
    }

    private static String cut(String blob) {
        return blob.substring(0, Math.min(LONGEST, blob.length()));
    }

    /** Nothing where the bytes are no text; the last character may be cut off. */
    private static Optional<String> text(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8).replaceFirst("\uFFFD{1,3}$", "");
        return Optional.of(text)
                .filter(said -> said.chars().noneMatch(c -> c == '\uFFFD' || c < ' ' && "\n\t\r".indexOf(c) < 0));
    }
}
