package ai.orchestrator.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Requests as bytes that need only be sent. They differ in a number that stands in the body where the mark is, so that each is another request, or
 * that a set of them comes again and again. May be used by many threads.
 */
public final class Requests {
    /** Where a body's number goes. */
    public static final String MARK = "############";

    private static final String HEAD_END = "\r\n\r\n";

    /** More than a script can send. */
    private static final long SCRIPT = 1_000_000_000;

    private final byte[] bytes;

    /** Where the mark is; negative without one. */
    private final int mark;

    private final long from;
    private final long distinct;
    private final AtomicLong next = new AtomicLong();

    private Requests(byte[] bytes, int mark, long from, long distinct) {
        this.bytes = bytes;
        this.mark = mark;
        this.from = from;
        this.distinct = distinct;
    }

    /**
     * Requests to a path.
     *
     * @param headers further header lines, each with its end of line
     * @param json the body, in ASCII, with {@link #MARK} in it
     */
    public static Requests post(String path, String headers, String json) {
        if (!json.contains(MARK)) {
            throw new IllegalArgumentException("a body without a mark for its number");
        }
        return same(path, headers, json);
    }

    /** As {@link #post}, but for a body without a mark, so that all are the same. */
    public static Requests same(String path, String headers, String json) {
        String text = "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n" + headers
                + "Content-Length: " + json.length() + HEAD_END + json;
        return new Requests(text.getBytes(StandardCharsets.US_ASCII), text.indexOf(MARK), 0, Long.MAX_VALUE);
    }

    /** So many of them from a number on, over and over. */
    public Requests cycling(long first, long count) {
        return new Requests(bytes, mark, first, count);
    }

    /** How many there are before they come again. */
    public long distinct() {
        return distinct;
    }

    /** The body of the next one. */
    public String nextBody() {
        ByteBuffer buffer = ByteBuffer.allocate(bytes.length);
        next(buffer);
        String text = StandardCharsets.US_ASCII.decode(buffer).toString();
        return text.substring(text.indexOf(HEAD_END) + HEAD_END.length());
    }

    /** A Lua script that has {@code wrk} send the next ones; they have numbers of their own, which nobody else sends later. */
    String script() {
        String text = new String(bytes, StandardCharsets.US_ASCII);
        long sent = next.getAndAdd(SCRIPT);
        return mark < 0
                ? WrkScript.of(text, 0, "", sent, from, distinct)
                : WrkScript.of(
                        text.substring(0, mark),
                        MARK.length(),
                        text.substring(mark + MARK.length()),
                        sent,
                        from,
                        distinct);
    }

    /** How much room one takes, in bytes. */
    int length() {
        return bytes.length;
    }

    /** Writes the next one into an empty buffer, ready to be sent. */
    void next(ByteBuffer buffer) {
        buffer.clear().put(bytes);
        long number = from + next.getAndIncrement() % distinct;
        for (int at = mark + MARK.length() - 1; mark >= 0 && at >= mark; at--) {
            buffer.put(at, (byte) ('0' + number % 10));
            number /= 10;
        }
        buffer.flip();
    }
}
