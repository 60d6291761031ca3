package ai.orchestrator.search.local;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Looks through the packed parts of a stranger's PDF before it is parsed, which unpacks them in memory, each as a whole. One that could not be
 * unpacked within bounds, or whose packing cannot be told from outside, is refused.
 */
final class PdfStreams {
    /** Of all that is not a picture, in bytes. */
    private static final int LONGEST = 8 << 20;

    /** Of a picture, in bytes. */
    private static final int LONGEST_PICTURE = 32 << 20;

    /** Of all together, in bytes; unpacking them once more takes a second or two. */
    private static final long MOST = 256L << 20;

    private static final byte[] STREAM = PdfBytes.ascii("stream");
    private static final byte[] END = PdfBytes.ascii("end");
    private static final byte[] OBJECT = PdfBytes.ascii("obj");

    private static final Pattern FILTER = Pattern.compile("/Filter\\b");

    /** A filter that is told somewhere else, or after a comment. */
    private static final Pattern REFERENCE = Pattern.compile("/Filter[\\s\\[]*[^\\s\\[/\\]]");

    /** Packings that a few bytes can make very long, or whose names are spelled so that nobody finds them. */
    private static final Pattern UNREADABLE = Pattern.compile("/LZW|/RunLength|/RL\\b|/Crypt\\b|/[^\\s/<>\\[\\]()]*#");

    private static final Pattern LETTERS = Pattern.compile("/ASCII85|/A85|/ASCIIHex|/AHx");

    private final byte[] content;
    private final Inflater inflater = new Inflater();
    private final byte[] unpacked = new byte[64 << 10];
    private long all;

    private PdfStreams(byte[] content) {
        this.content = content;
    }

    /**
     * Lets a file pass that can be parsed within bounds.
     *
     * @throws StoppedException if the thread is interrupted
     */
    static void check(byte[] content) throws UnusableDocumentException {
        PdfStreams streams = new PdfStreams(content);
        try {
            streams.check();
        } finally {
            streams.inflater.end();
        }
    }

    private void check() throws UnusableDocumentException {
        int description = 0;
        for (int at = 0; at < content.length; at++) {
            if (PdfBytes.isAt(content, OBJECT, at)) {
                description = at;
            } else if (PdfBytes.isAt(content, STREAM, at)) {
                boolean closes = at >= END.length && PdfBytes.isAt(content, END, at - END.length);
                if (!closes) {
                    check(new String(content, description, at - description, StandardCharsets.ISO_8859_1), at);
                }
                description = at;
            }
        }
    }

    private void check(String description, int at) throws UnusableDocumentException {
        StoppedException.ifInterrupted();
        if (UNREADABLE.matcher(description).find()
                || REFERENCE.matcher(description).find()
                || FILTER.matcher(description).results().count() > 1) {
            throw new UnusableDocumentException("is packed in a way that is not read");
        }
        int start = at + STREAM.length;
        while (start < content.length && (content[start] == '\r' || content[start] == '\n')) {
            start++;
        }
        int longest = description.contains("/Image") ? LONGEST_PICTURE : LONGEST;
        requireShort(content, start, content.length - start, longest);
        if (LETTERS.matcher(description).find()) {
            int end = PdfBytes.find(content, PdfBytes.ascii("endstream"), start, content.length);
            byte[] letters = Arrays.copyOfRange(content, start, end < 0 ? content.length : end);
            byte[] bytes = description.contains("Hex") || description.contains("/AHx") ? hex(letters) : base85(letters);
            requireShort(bytes, 0, bytes.length, longest);
        }
    }

    private void requireShort(byte[] packed, int start, int count, int longest) throws UnusableDocumentException {
        inflater.reset();
        inflater.setInput(packed, start, count);
        try {
            int length = 1;
            while (length > 0) {
                length = inflater.inflate(unpacked);
                all += length;
                if (inflater.getBytesWritten() > longest || all > MOST) {
                    throw new UnusableDocumentException("unpacks to far more than any text");
                }
            }
        } catch (DataFormatException e) {
            // not packed in this way, or broken from here on
        }
    }

    private static byte[] hex(byte[] letters) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(letters.length / 2 + 1);
        int high = -1;
        for (byte letter : letters) {
            int digit = Character.digit(letter, 16);
            if (digit >= 0 && high >= 0) {
                bytes.write(high << 4 | digit);
                high = -1;
            } else if (digit >= 0) {
                high = digit;
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] base85(byte[] letters) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(letters.length);
        long word = 0;
        int digits = 0;
        for (byte letter : letters) {
            if (letter == 'z' && digits == 0) {
                bytes.writeBytes(new byte[4]);
            } else if (letter >= '!' && letter <= 'u') {
                word = word * 85 + letter - '!';
                digits++;
            }
            if (digits == 5) {
                bytes.writeBytes(
                        new byte[] {(byte) (word >> 24), (byte) (word >> 16), (byte) (word >> 8), (byte) word});
                word = 0;
                digits = 0;
            }
        }
        return bytes.toByteArray();
    }
}
