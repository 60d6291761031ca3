package ai.orchestrator.cache.redis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.params.ScanParams;

/**
 * Some of a server's keys.
 *
 * @param cursor where to go on
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ScanPage(byte[] cursor, List<byte[]> names) {
    /** Where to begin, and, as an answer, the end. */
    static final byte[] START = ScanParams.SCAN_POINTER_START_BINARY;

    boolean isLast() {
        return Arrays.equals(cursor, START);
    }

    static ScanPage read(@Nullable Object reply) {
        List<?> parts = (List<?>) reply;
        if (parts == null || parts.size() != 2) {
            throw new BadReplyException("no page of keys");
        }
        List<byte[]> names = new ArrayList<>();
        for (Object name : (List<?>) parts.get(1)) {
            names.add((byte[]) name);
        }
        return new ScanPage((byte[]) parts.get(0), names);
    }
}
