package ai.orchestrator.cache.redis;

import ai.orchestrator.plugin.cache.CacheEntry;
import ai.orchestrator.plugin.cache.CacheKey;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Speaks as much of Redis' protocol as the tier needs, until it is told to speak something else. */
final class FakeRedis implements AutoCloseable {
    /** What a server says to one command. */
    interface Answers {
        void give(String command, String key, OutputStream out) throws IOException;
    }

    private final ServerSocket listener;
    private final Map<String, byte[]> values = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();
    private volatile Answers answers = this::properly;

    FakeRedis() {
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::listen);
    }

    int port() {
        return listener.getLocalPort();
    }

    String url() {
        return "redis://127.0.0.1:" + port();
    }

    /** How many connections there are. */
    int open() {
        return open.get();
    }

    /** From now on. */
    void answer(Answers given) {
        answers = given;
    }

    /** From now on lookups are answered so, and all else properly. */
    void answerLookups(byte[] bytes) {
        answer((command, key, out) -> {
            if (command.equals("GET")) {
                out.write(bytes);
            } else {
                properly(command, key, out);
            }
        });
    }

    void answerProperly() {
        answer(this::properly);
    }

    void store(CacheKey key, CacheEntry entry) {
        values.put("orchestrator:cache:entry:" + key, EntryHeader.encode(key, entry));
    }

    /** The reply that holds what is stored under a key. */
    byte[] value(CacheKey key) {
        return bulk(values.get("orchestrator:cache:entry:" + key));
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    void properly(String command, String key, OutputStream out) throws IOException {
        out.write(
                switch (command) {
                    case "PING" -> ascii("+PONG\r\n");
                    case "GET" -> bulk(values.get(key));
                    case "INFO" -> bulk(ascii("used_memory:1\r\n"));
                    case "SCAN" -> ascii("*2\r\n$1\r\n0\r\n*0\r\n");
                    case "UNLINK" -> ascii(":" + (values.remove(key) == null ? 0 : 1) + "\r\n");
                    default -> ascii("+OK\r\n");
                });
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bulk(byte @Nullable [] value) {
        if (value == null) {
            return ascii("$-1\r\n");
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ascii("$" + value.length + "\r\n"));
        out.writeBytes(value);
        out.writeBytes(ascii("\r\n"));
        return out.toByteArray();
    }

    private void listen() {
        while (true) {
            try {
                Socket socket = listener.accept();
                open.incrementAndGet();
                Thread.ofVirtual().start(() -> converse(socket));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void converse(Socket socket) {
        try (socket) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            while (true) {
                List<String> command = read(in);
                answers.give(command.get(0).toUpperCase(Locale.ROOT), command.size() > 1 ? command.get(1) : "", out);
            }
        } catch (IOException e) {
            // the client has gone
        } finally {
            open.decrementAndGet();
        }
    }

    private static List<String> read(DataInputStream in) throws IOException {
        List<String> parts = new ArrayList<>();
        int count = number(in);
        for (int i = 0; i < count; i++) {
            byte[] part = new byte[number(in)];
            in.readFully(part);
            in.skipBytes(2);
            parts.add(new String(part, StandardCharsets.ISO_8859_1));
        }
        return parts;
    }

    private static int number(DataInputStream in) throws IOException {
        in.readByte();
        byte[] digits = new byte[20];
        int length = 0;
        for (byte b = in.readByte(); b != '\r'; b = in.readByte()) {
            digits[length++] = b;
        }
        in.readByte();
        return Integer.parseInt(new String(Arrays.copyOf(digits, length), StandardCharsets.US_ASCII));
    }
}
