package ai.orchestrator.cache.sqlite;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** What a process said about its changes until it was killed: what must be on the disk, and what may be. */
final class KillDiary {
    private static final int NONE = 0;

    private final Map<Integer, Integer> done = new HashMap<>();
    private final Map<Integer, Integer> begun = new HashMap<>();
    private final AtomicInteger changes = new AtomicInteger();

    /** Reads to the end. What was said only in part counts as not said. */
    void read(InputStream output) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(output));
        try {
            while (true) {
                boolean isDone = in.readBoolean();
                int version = in.readInt();
                int[] keys = new int[in.readInt()];
                for (int i = 0; i < keys.length; i++) {
                    keys[i] = in.readInt();
                }
                note(isDone, version, keys);
            }
        } catch (EOFException e) {
            // the process is gone
        }
    }

    private void note(boolean isDone, int version, int[] keys) {
        for (int key : keys) {
            if (isDone) {
                begun.remove(key);
                done.put(key, version);
                changes.incrementAndGet();
            } else {
                begun.put(key, version);
            }
        }
    }

    /** How many changes were said to be done, in all. For any thread. */
    int changes() {
        return changes.get();
    }

    /** The versions of which one must be found; 0 for no entry. */
    Set<Integer> possibleVersions(int key) {
        Set<Integer> versions = new HashSet<>(Set.of(done.getOrDefault(key, NONE)));
        if (begun.containsKey(key)) {
            versions.add(begun.get(key));
        }
        return versions;
    }

    /** What was found is what is there from now on. */
    void found(int key, int version) {
        begun.remove(key);
        done.put(key, version);
    }
}
