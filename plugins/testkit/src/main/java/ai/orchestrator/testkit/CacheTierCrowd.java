package ai.orchestrator.testkit;

import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.cache.CacheEntry;
import ai.orchestrator.plugin.cache.CacheKey;
import ai.orchestrator.plugin.cache.CacheSelector;
import ai.orchestrator.plugin.cache.CacheTier;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads that put, get and remove at once. All parts of an entry follow from one number, so an entry mixed from two shows. Each thread
 * has one key to itself, on which it must always read its own last write; the other keys are everybody's.
 */
final class CacheTierCrowd {
    private static final int SHARED_KEYS = 4;
    private static final int NOTED = 10;
    private static final Duration TTL = Duration.ofHours(1);

    private final CacheTier tier;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicInteger rounds = new AtomicInteger();
    private final Queue<Throwable> faults = new ConcurrentLinkedQueue<>();
    private volatile boolean closing;
    private volatile boolean losing;
    private volatile boolean ended;

    CacheTierCrowd(CacheTier tier, int size) {
        this.tier = tier;
        for (int i = 0; i < size; i++) {
            int id = i;
            threads.add(Thread.ofVirtual().start(() -> act(id)));
        }
    }

    /** Waits until the threads have gone round so many more times, in sum. */
    void awaitRounds(int more) {
        int enough = rounds.get() + more;
        Eventually.await("calls to go on", () -> rounds.get() >= enough);
    }

    /** From now on an entry may be missing and a call may fail, if only by a {@link PluginFailure}. */
    void expectClose() {
        closing = true;
    }

    /** From now on an entry may be missing. */
    void expectLoss() {
        losing = true;
    }

    /** Ends the threads; returns the first few faults that they met. */
    List<Throwable> end() throws InterruptedException {
        ended = true;
        for (Thread thread : threads) {
            thread.join();
        }
        return List.copyOf(faults);
    }

    private void act(int id) {
        Random random = new Random(id);
        for (int round = 0; !ended; round++) {
            try {
                useOwnKey(id, round);
                useSharedKey(random, id * 1_000_000 + round);
            } catch (PluginFailure e) {
                if (!closing) {
                    note(e);
                }
            } catch (RuntimeException | AssertionError e) {
                note(e);
            }
            rounds.incrementAndGet();
            // a closed tier refuses at once, and virtual threads that never wait would leave no carrier to the one that
            // holds a lock
            Thread.yield();
        }
    }

    private void note(Throwable fault) {
        if (faults.size() < NOTED) {
            faults.add(fault);
        }
    }

    private void useOwnKey(int id, int round) {
        CacheKey own = new CacheKey(1, id);
        CacheEntry entry = entry(id * 1_000_000 + round, Set.of());
        tier.put(own, entry, TTL);
        Optional<CacheEntry> found = tier.get(own);
        if (!found.equals(Optional.of(entry)) && !closing && !(losing && found.isEmpty())) {
            throw new AssertionError("put " + entry + ", then got " + found);
        }
    }

    private void useSharedKey(Random random, int number) {
        CacheKey key = new CacheKey(2, random.nextInt(SHARED_KEYS));
        switch (random.nextInt(8)) {
            case 0 -> tier.remove(key);
            case 1 -> tier.removeAll(new CacheSelector.ByTag("shared " + random.nextInt(SHARED_KEYS)));
            case 2, 3, 4 -> tier.put(key, sharedEntry(number), TTL);
            default -> tier.get(key).ifPresent(CacheTierCrowd::isWhole);
        }
    }

    /** True if the entry is one that such threads put, and whole. */
    static boolean isOfACrowd(CacheEntry entry) {
        int number = Integer.parseInt(entry.scope());
        return entry.equals(sharedEntry(number)) || entry.equals(entry(number, Set.of()));
    }

    private static CacheEntry sharedEntry(int number) {
        return entry(number, Set.of("number " + number, "shared " + number % SHARED_KEYS));
    }

    private static CacheEntry entry(int number, Set<String> tags) {
        byte[] body = ("answer " + number + " ").repeat(number % 200).getBytes(StandardCharsets.UTF_8);
        String text = Integer.toString(number);
        return new CacheEntry(body, Instant.ofEpochMilli(number), "model " + text, text, tags);
    }

    private static void isWhole(CacheEntry entry) {
        if (!entry.equals(sharedEntry(Integer.parseInt(entry.scope())))) {
            throw new AssertionError("mixed from several entries: " + entry);
        }
    }
}
