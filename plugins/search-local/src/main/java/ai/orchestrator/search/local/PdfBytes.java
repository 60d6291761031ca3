package ai.orchestrator.search.local;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** What can be told of a PDF before it is parsed, which unpacks parts of it in memory. */
final class PdfBytes {
    private static final byte[] MARK = ascii("%PDF-");
    private static final byte[] STREAM = ascii("stream");
    private static final byte[] END = ascii("end");
    private static final byte[] IMAGE = ascii("/Image");

    /** Where readers look for the mark, in bytes from the start. */
    private static final int MARK_WITHIN = 1024;

    /** How long a stream's description may be, in bytes. */
    private static final int DESCRIPTION = 512;

    /** In bytes. */
    private static final int LONGEST_STREAM = 32 << 20;

    private PdfBytes() {}

    static boolean isPdf(byte[] content) {
        return find(content, MARK, 0, Math.min(content.length, MARK_WITHIN)) >= 0;
    }

    /** Whether a packed stream that is no image, as those are not unpacked for their text, is too long to be in good faith. */
    static boolean isBomb(byte[] content) {
        Inflater inflater = new Inflater();
        byte[] unpacked = new byte[64 << 10];
        try {
            for (int at = find(content, STREAM, 0, content.length);
                    at >= 0;
                    at = find(content, STREAM, at + STREAM.length, content.length)) {
                boolean closes = at >= END.length && isAt(content, END, at - END.length);
                if (!closes
                        && find(content, IMAGE, Math.max(0, at - DESCRIPTION), at) < 0
                        && isTooLong(inflater, content, at + STREAM.length, unpacked)) {
                    return true;
                }
            }
            return false;
        } finally {
            inflater.end();
        }
    }

    private static boolean isTooLong(Inflater inflater, byte[] content, int keywordEnd, byte[] unpacked) {
        int start = keywordEnd;
        while (start < content.length && (content[start] == '\r' || content[start] == '\n')) {
            start++;
        }
        inflater.reset();
        inflater.setInput(content, start, content.length - start);
        try {
            int length = 1;
            while (length > 0 && inflater.getBytesWritten() <= LONGEST_STREAM) {
                length = inflater.inflate(unpacked);
            }
        } catch (DataFormatException e) {
            // not packed in this way, or broken from here on
        }
        return inflater.getBytesWritten() > LONGEST_STREAM;
    }

    /** Where the words begin, if that is before {@code end}; else -1. */
    static int find(byte[] content, byte[] words, int start, int end) {
        for (int at = start; at < end; at++) {
            if (isAt(content, words, at)) {
                return at;
            }
        }
        return -1;
    }

    static boolean isAt(byte[] content, byte[] words, int at) {
        return at + words.length <= content.length
                && content[at] == words[0]
                && Arrays.equals(content, at, at + words.length, words, 0, words.length);
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
