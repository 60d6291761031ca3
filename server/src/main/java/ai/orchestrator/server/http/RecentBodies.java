package ai.orchestrator.server.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Arrays;
import java.util.function.Function;

/**
 * What bodies that came lately say. Clients that send the same bytes again, which are those whose answers are stored, need not have them read again: what a
 * body says depends on its bytes alone.
 *
 * @param <T> what a body is read into; must not change
 */
public final class RecentBodies<T> {
    private static final int LONGEST = 16 << 10;
    private static final int MOST_BYTES = 1 << 20;

    private final Cache<Body, T> read = Caffeine.newBuilder()
            .maximumWeight(MOST_BYTES)
            .weigher((Body body, T what) -> body.bytes.length)
            .build();

    /**
     * What a body says, by {@code reader} if it did not come lately; what that throws is thrown each time.
     *
     * @param keep whether it may be kept; a client that says {@code no-store} wants nothing of its request kept, by RFC 9111 section 5.2.1.5
     */
    public T read(byte[] bytes, boolean keep, Function<byte[], T> reader) {
        if (!keep || bytes.length > LONGEST) {
            return reader.apply(bytes);
        }
        Body body = new Body(bytes);
        T known = read.getIfPresent(body);
        if (known != null) {
            return known;
        }
        T said = reader.apply(bytes);
        read.put(body, said);
        return said;
    }

    /** Bytes that nobody changes. */
    private static final class Body {
        private final byte[] bytes;
        private final int hash;

        Body(byte[] bytes) {
            this.bytes = bytes;
            this.hash = Arrays.hashCode(bytes);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Body body && hash == body.hash && Arrays.equals(bytes, body.bytes);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }
}
