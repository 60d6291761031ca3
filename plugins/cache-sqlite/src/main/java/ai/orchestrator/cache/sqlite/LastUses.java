package ai.orchestrator.cache.sqlite;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When entries were last read, noted on the reads' path and written to the file later. Approximate on purpose: a use soon after the one on
 * file does not count, and neither does one while too many others wait to be written, which takes thousands of different entries a second.
 */
final class LastUses {
    /** A use within this time after the one on file is not worth a write. */
    private static final long RESOLUTION_MILLIS = Duration.ofMinutes(1).toMillis();

    private static final int MANY = 2_000;
    private static final int MAX_NOTED = 10_000;

    private final Map<Long, Long> noted = new ConcurrentHashMap<>();

    /** @param onFile the time of last use that the file holds */
    void note(long id, long onFile, long now) {
        if (now - onFile > RESOLUTION_MILLIS && noted.size() < MAX_NOTED) {
            noted.put(id, now);
        }
    }

    /** True if they should be written soon, or some will not be noted. */
    boolean areMany() {
        return noted.size() >= MANY;
    }

    /** Hands over up to {@code limit} notes: time of last use by id. */
    Map<Long, Long> take(int limit) {
        Map<Long, Long> taken = new HashMap<>();
        noted.entrySet().stream().limit(limit).forEach(use -> taken.put(use.getKey(), use.getValue()));
        taken.forEach(noted::remove);
        return taken;
    }

    /** To be called when another file is opened, in which the ids are others'. */
    void clear() {
        noted.clear();
    }
}
