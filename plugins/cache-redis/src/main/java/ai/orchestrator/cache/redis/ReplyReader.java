package ai.orchestrator.cache.redis;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisAskDataException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisMovedDataException;
import redis.clients.jedis.util.RedisInputStream;

/**
 * Reads one reply in RESP 2, and takes nothing on trust: Jedis' own reader allocates what a reply announces, so that a few bytes of
 * garbage exhaust the heap, and waits anew for every byte. Memory here grows with what has arrived, and time is limited as a whole.
 */
final class ReplyReader {
    /** What all parts of one reply may take, in bytes; somewhat more than the largest value that is stored. */
    static final int MAX_REPLY = EntryHeader.MAX_VALUE + (1 << 20);

    private static final int MAX_LINE = 16 * 1024;
    private static final int MAX_DEPTH = 8;
    private static final int FIRST_BUFFER = 64 * 1024;
    private static final int COST_OF_ELEMENT = 16;
    private static final Pattern REDIRECTION = Pattern.compile("(MOVED|ASK) (\\d{1,5}) (\\S*):(\\d{1,5})");

    private final RedisInputStream in;
    private final HostAndPort server;
    private final long end;
    private long left = MAX_REPLY;

    /**
     * @param server whose replies they are
     * @param end the {@link System#nanoTime} at which the reply must be there
     */
    ReplyReader(RedisInputStream in, HostAndPort server, long end) {
        this.in = in;
        this.server = server;
        this.end = end;
    }

    /**
     * A {@code byte[]}, a {@code Long}, a list of such, or null.
     *
     * @throws JedisDataException if the reply is an error
     * @throws BadReplyException if it is no reply
     * @throws JedisConnectionException if it does not come, or not in time
     */
    @Nullable
    Object read() {
        return read(0);
    }

    private @Nullable Object read(int depth) {
        byte type = next();
        return switch (type) {
            case '+' -> line();
            case ':' -> number();
            case '$' -> bulk();
            case '*' -> array(depth);
            case '-' -> throw error(new String(line(), StandardCharsets.UTF_8));
            default -> throw new BadReplyException("a reply begins with the byte " + type);
        };
    }

    private byte[] line() {
        ByteArrayOutputStream line = new ByteArrayOutputStream(32);
        for (byte b = next(); b != '\r'; b = next()) {
            if (line.size() == MAX_LINE) {
                throw new BadReplyException("a line does not end");
            }
            line.write(b);
        }
        if (next() != '\n') {
            throw new BadReplyException("a line has no proper end");
        }
        charge(line.size());
        return line.toByteArray();
    }

    private Long number() {
        try {
            return Long.valueOf(new String(line(), StandardCharsets.ISO_8859_1));
        } catch (NumberFormatException e) {
            throw new BadReplyException(e);
        }
    }

    private byte @Nullable [] bulk() {
        long length = number();
        if (length == -1) {
            return null;
        }
        charge(length);
        byte[] bytes = new byte[(int) Math.min(length, FIRST_BUFFER)];
        int filled = 0;
        while (filled < length) {
            if (filled == bytes.length) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(length, 2L * filled));
            }
            checkTime();
            filled += in.read(bytes, filled, bytes.length - filled);
        }
        if (next() != '\r' || next() != '\n') {
            throw new BadReplyException("a text is longer than announced");
        }
        return bytes;
    }

    private @Nullable List<@Nullable Object> array(int depth) {
        long size = number();
        if (size == -1) {
            return null;
        }
        if (depth == MAX_DEPTH) {
            throw new BadReplyException("lists are nested too deeply");
        }
        charge(size * COST_OF_ELEMENT);
        List<@Nullable Object> elements = new ArrayList<>();
        for (long i = 0; i < size; i++) {
            try {
                elements.add(read(depth + 1));
            } catch (JedisDataException e) {
                elements.add(e);
            }
        }
        return elements;
    }

    private JedisDataException error(String message) {
        Matcher redirection = REDIRECTION.matcher(message);
        if (redirection.matches()) {
            int slot = Integer.parseInt(redirection.group(2));
            String host = redirection.group(3);
            // a cluster whose servers do not know their own names leaves the name out: it is the one that was asked
            HostAndPort target =
                    new HostAndPort(host.isEmpty() ? server.getHost() : host, Integer.parseInt(redirection.group(4)));
            return message.startsWith("MOVED")
                    ? new JedisMovedDataException(message, target, slot)
                    : new JedisAskDataException(message, target, slot);
        }
        return RedisFault.isRefusal(message)
                ? new JedisAccessControlException(message)
                : new JedisDataException(message);
    }

    private byte next() {
        checkTime();
        return in.readByte();
    }

    private void charge(long bytes) {
        if (bytes < 0 || bytes > left) {
            throw new BadReplyException("a reply announces more than it may hold");
        }
        left -= bytes;
    }

    /** What has arrived is read all the same: it may be this thread that was slow. */
    private void checkTime() {
        if (System.nanoTime() - end > 0 && isDrained()) {
            throw new JedisConnectionException(new SocketTimeoutException("the reply comes too slowly"));
        }
    }

    private boolean isDrained() {
        try {
            return in.available() == 0;
        } catch (IOException e) {
            throw new JedisConnectionException(e);
        }
    }
}
