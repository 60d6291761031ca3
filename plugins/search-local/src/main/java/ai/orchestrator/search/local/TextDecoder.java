package ai.orchestrator.search.local;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Makes text of bytes whose encoding nobody named: UTF-16 by its mark, else UTF-8, else windows-1252. */
final class TextDecoder {
    private static final char MARK = '\uFEFF';
    private static final Charset WESTERN = Charset.forName("windows-1252");

    /** More control characters than these few, and one in so many others, are more than any text has. */
    private static final int FEW_CONTROLS = 10;

    private static final int TEXT_PER_CONTROL = 50;

    private TextDecoder() {}

    /**
     * The text.
     *
     * @throws UnusableDocumentException if the bytes are not text
     */
    static String decode(byte[] bytes) throws UnusableDocumentException {
        refuseBinary(bytes);
        String text = text(bytes);
        long controls = text.chars()
                .filter(c -> Character.isISOControl(c) && !Character.isWhitespace(c))
                .count();
        if (controls > FEW_CONTROLS && controls * TEXT_PER_CONTROL > text.length()) {
            throw new UnusableDocumentException("is not text");
        }
        return text;
    }

    /** Refuses bytes that are text in no encoding: only UTF-16 has zero bytes. */
    static void refuseBinary(byte[] bytes) throws UnusableDocumentException {
        if (isUtf16(bytes)) {
            return;
        }
        for (byte next : bytes) {
            if (next == 0) {
                throw new UnusableDocumentException("is not text");
            }
        }
    }

    private static String text(byte[] bytes) {
        if (isUtf16(bytes)) {
            return new String(bytes, StandardCharsets.UTF_16);
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return !text.isEmpty() && text.charAt(0) == MARK ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            return new String(bytes, WESTERN);
        }
    }

    private static boolean isUtf16(byte[] bytes) {
        return startsWith(bytes, 0xFF, 0xFE) || startsWith(bytes, 0xFE, 0xFF);
    }

    private static boolean startsWith(byte[] bytes, int first, int second) {
        return bytes.length >= 2 && (bytes[0] & 0xFF) == first && (bytes[1] & 0xFF) == second;
    }
}
