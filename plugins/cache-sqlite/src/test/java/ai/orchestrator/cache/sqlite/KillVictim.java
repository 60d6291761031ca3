package ai.orchestrator.cache.sqlite;

import ai.orchestrator.plugin.cache.CacheEntry;
import ai.orchestrator.plugin.cache.CacheKey;
import ai.orchestrator.plugin.cache.CacheSelector;
import ai.orchestrator.plugin.cache.DurableCacheTier;
import ai.orchestrator.plugin.cache.NewEntry;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Uses a tier at full speed until it is killed. Before each change and after it, it says so: key, version (0 for a removal) and whether that
 * is done. Everything about an entry follows from its key and version.
 */
final class KillVictim {
    static final int THREADS = 3;
    static final int KEYS_A_THREAD = 300;
    /** Keys from here on come with a tag, and go with it or when their time is over. */
    static final int FLEETING = 100_000;

    private static final Duration LONG = Duration.ofDays(1);

    private final DurableCacheTier tier;
    private final OutputStream out = new FileOutputStream(FileDescriptor.out);

    private KillVictim(DurableCacheTier tier) {
        this.tier = tier;
    }

    /** Arguments: the folder, the number of the round, the settings' {@code max_size}, and whether to make backups all the time. */
    public static void main(String[] arguments) throws Exception {
        System.setOut(System.err); // what is logged is none of what is said
        Path home = Path.of(arguments[0]);
        int round = Integer.parseInt(arguments[1]);
        DurableCacheTier tier = TestTiers.tier(home, Map.of("max_size", arguments[2]));
        KillVictim victim = new KillVictim(tier);
        for (int i = 0; i < THREADS; i++) {
            int thread = i;
            Thread.ofPlatform().start(() -> victim.change(thread, round));
        }
        Thread.ofPlatform().start(() -> victim.changeFleetingOnes(round));
        Thread.ofPlatform().start(() -> victim.read(round));
        for (int i = 0; Boolean.parseBoolean(arguments[3]); i++) {
            tier.backup(home.resolve("backup-" + round + "-" + i), (done, total) -> {});
        }
    }

    static CacheKey key(int key) {
        return new CacheKey(key, ~key);
    }

    static CacheEntry entry(int key, int version) {
        Random random = new Random(31L * key + version);
        byte[] body = new byte[random.nextInt(20) == 0 ? 100_000 + random.nextInt(100_000) : random.nextInt(9000)];
        random.nextBytes(body);
        Set<String> tags = key < FLEETING ? Set.of() : Set.of("fleeting", "tag " + key % 3);
        // with the numbers in it, so that the entry can be made again from what is found
        return new CacheEntry(body, Instant.ofEpochMilli(version), Integer.toString(key), "scope", tags);
    }

    /** Whether an entry is one of these, and whole. */
    static boolean isWhole(CacheEntry entry) {
        return entry.equals(
                entry(Integer.parseInt(entry.model()), (int) entry.createdAt().toEpochMilli()));
    }

    private void change(int thread, int round) {
        Random random = new Random(100L * round + thread);
        int version = round * 1_000_000;
        while (true) {
            version++;
            int key = thread * KEYS_A_THREAD + random.nextInt(KEYS_A_THREAD);
            if (random.nextInt(5) == 0) {
                say(List.of(key), 0, false);
                tier.remove(key(key));
                say(List.of(key), 0, true);
            } else if (random.nextInt(3) == 0) {
                putTogether(thread, random, version);
            } else {
                say(List.of(key), version, false);
                tier.put(key(key), entry(key, version), LONG);
                say(List.of(key), version, true);
            }
        }
    }

    private void putTogether(int thread, Random random, int version) {
        List<Integer> keys = new ArrayList<>();
        List<NewEntry> entries = new ArrayList<>();
        int first = thread * KEYS_A_THREAD + random.nextInt(KEYS_A_THREAD - 20);
        for (int key = first; key < first + 1 + random.nextInt(20); key++) {
            keys.add(key);
            entries.add(new NewEntry(key(key), entry(key, version), LONG));
        }
        say(keys, version, false);
        tier.putAll(entries);
        say(keys, version, true);
    }

    private void changeFleetingOnes(int round) {
        Random random = new Random(round);
        for (int version = round * 1_000_000 + 1; ; version++) {
            int key = FLEETING + random.nextInt(500);
            tier.put(key(key), entry(key, version), Duration.ofMillis(random.nextInt(1, 2000)));
            if (random.nextInt(50) == 0) {
                tier.removeAll(new CacheSelector.ByTag(random.nextBoolean() ? "fleeting" : "tag 1"));
            }
        }
    }

    private void read(int round) {
        Random random = new Random(round);
        while (true) {
            int key = random.nextInt(THREADS * KEYS_A_THREAD);
            tier.get(key(key)).ifPresent(entry -> {
                if (!entry.model().equals(Integer.toString(key)) || !isWhole(entry)) {
                    throw new AssertionError("not what was stored: " + entry);
                }
            });
        }
    }

    private void say(List<Integer> keys, int version, boolean done) {
        ByteBuffer said = ByteBuffer.allocate(9 + 4 * keys.size());
        said.put((byte) (done ? 1 : 0)).putInt(version).putInt(keys.size());
        keys.forEach(said::putInt);
        try {
            synchronized (out) {
                out.write(said.array());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
