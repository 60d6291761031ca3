package ai.orchestrator.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One reply as it arrives: its head is kept, its body is only counted. For one thread, and one reply after the other. */
public final class Reply {
    private static final int MOST_HEAD = 1 << 16;
    private static final byte[] CACHE = name("x-cache");
    private static final byte[] TIER = name("x-cache-tier");
    private static final byte[] LENGTH = name("content-length");
    private static final byte[] ENCODING = name("transfer-encoding");
    private static final int STATUS_AT = "HTTP/1.1 ".length();
    private static final int STATUS_END = STATUS_AT + 3;

    private byte[] head = new byte[1024];
    private int length;
    private boolean headRead;
    private int status;
    private String cache = "";
    private String tier = "";
    private BodyEnd body = BodyEnd.ofLength(0);
    private boolean bodyBegun;

    /** Forgets everything, for the next reply. */
    void clear() {
        length = 0;
        headRead = false;
        bodyBegun = false;
        status = 0;
        cache = "";
        tier = "";
    }

    /**
     * Takes what has arrived.
     *
     * @return whether the reply is complete now
     * @throws MalformedReplyException if this is no reply, or more than one
     */
    boolean take(ByteBuffer bytes) throws MalformedReplyException {
        while (!headRead) {
            if (!bytes.hasRemaining()) {
                return false;
            }
            takeOfHead(bytes.get());
        }
        bodyBegun |= bytes.hasRemaining();
        boolean complete = body.take(bytes);
        if (complete && bytes.hasRemaining()) {
            throw new MalformedReplyException("there is more after a reply");
        }
        return complete;
    }

    /** The status; 0 while the head is not there. */
    public int status() {
        return status;
    }

    /** The value of {@code X-Cache}; empty without one. */
    public String cache() {
        return cache;
    }

    /** The value of {@code X-Cache-Tier}; empty without one. */
    public String tier() {
        return tier;
    }

    /** Whether something of the body is there. */
    boolean bodyBegun() {
        return bodyBegun;
    }

    private void takeOfHead(byte next) throws MalformedReplyException {
        if (length == head.length) {
            if (length == MOST_HEAD) {
                throw new MalformedReplyException("a reply's head has no end");
            }
            head = Arrays.copyOf(head, length * 2);
        }
        head[length++] = next;
        if (next == '\n' && length >= 4 && head[length - 3] == '\n') {
            headRead = true;
            readHead();
        }
    }

    private void readHead() throws MalformedReplyException {
        if (head[0] != 'H' || length < STATUS_END) {
            throw new MalformedReplyException("a reply does not begin with HTTP");
        }
        status = (int) number(STATUS_AT, STATUS_END);
        body = BodyEnd.ofLength(0);
        int line = 0;
        for (int at = 0; at < length; at++) {
            if (head[at] == '\n') {
                readLine(line, at - 1);
                line = at + 1;
            }
        }
    }

    private void readLine(int from, int end) throws MalformedReplyException {
        if (isField(CACHE, from, end)) {
            cache = value(CACHE, from, end);
        } else if (isField(TIER, from, end)) {
            tier = value(TIER, from, end);
        } else if (isField(LENGTH, from, end)) {
            body = BodyEnd.ofLength(number(from + LENGTH.length + 2, end));
        } else if (isField(ENCODING, from, end)) {
            body = BodyEnd.chunked();
        }
    }

    private boolean isField(byte[] name, int from, int end) {
        int colon = from + name.length;
        if (end <= colon || head[colon] != ':') {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            if ((head[from + i] | 0x20) != name[i]) {
                return false;
            }
        }
        return true;
    }

    private String value(byte[] name, int from, int end) {
        int begin = from + name.length + 1;
        return new String(head, begin, end - begin, StandardCharsets.US_ASCII).strip();
    }

    private long number(int from, int end) throws MalformedReplyException {
        long number = 0;
        for (int at = from; at < end; at++) {
            int digit = head[at] - '0';
            if (digit < 0 || digit > 9) {
                throw new MalformedReplyException("a reply's head has no number where one is due");
            }
            number = number * 10 + digit;
        }
        return number;
    }

    private static byte[] name(String name) {
        return name.getBytes(StandardCharsets.US_ASCII);
    }
}
