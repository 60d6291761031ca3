package ai.orchestrator.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.cache.CacheEntry;
import ai.orchestrator.plugin.cache.CacheKey;
import ai.orchestrator.plugin.cache.DurableCacheTier;
import ai.orchestrator.plugin.cache.DurableCacheTier.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What the suites for durable tiers have in common: tiers, a folder for files that an operator names, and entries. */
public abstract class DurableTierFixture {
    /** A row of the older service's table {@code ai_cache}, with times in seconds since 1970. */
    public record OldRow(String key, String json, long createdAt, long expiresAt) {}

    static final Duration LONG = Duration.ofHours(1);
    static final Progress QUIET = (done, total) -> {};
    static final long NOW = Instant.now().getEpochSecond();

    @TempDir
    Path folder;

    DurableCacheTier tier;
    private final List<DurableCacheTier> tiers = new ArrayList<>();

    /** Makes a tier that works and is empty, on storage of its own. The suite closes it. */
    protected abstract DurableCacheTier newTier() throws Exception;

    /** Writes a file as the older service leaves it when it ends. */
    protected abstract void writeOldFile(Path file, List<OldRow> rows) throws Exception;

    @BeforeEach
    void open() throws Exception {
        tier = anotherTier();
    }

    @AfterEach
    void close() throws Exception {
        for (DurableCacheTier each : tiers) {
            each.close();
        }
    }

    DurableCacheTier anotherTier() throws Exception {
        DurableCacheTier another = newTier();
        tiers.add(another);
        return another;
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** The failure of a call; its message names no folder. */
    PluginFailure failureOf(Runnable call) {
        Throwable failure = catchThrowable(call::run);
        assertThat(failure).isInstanceOf(PluginFailure.class);
        assertThat(failure.getMessage()).doesNotContain(folder.toString());
        return (PluginFailure) failure;
    }

    /** That work is told of step by step, and to its end. */
    static void assertGoesOn(Consumer<Progress> work) {
        List<long[]> steps = new ArrayList<>();
        work.accept((done, total) -> {
            synchronized (steps) {
                steps.add(new long[] {done, total});
            }
        });
        assertThat(steps).hasSizeGreaterThan(1);
        assertThat(steps).allSatisfy(step -> assertThat(step[0]).isBetween(0L, step[1]));
        assertThat(steps.getLast()[0]).isPositive().isEqualTo(steps.getLast()[1]);
    }

    /** Entries whose parts are hard to keep. */
    static List<CacheEntry> entries() {
        byte[] large = new byte[1 << 20];
        new Random(1).nextBytes(large);
        Instant time = Instant.ofEpochMilli(1_790_000_000_123L);
        return List.of(
                new CacheEntry(new byte[0], Instant.EPOCH, "", "", Set.of()),
                new CacheEntry(large, time, "smollm2:135m", "tenant", Set.of("a tag", "b")),
                new CacheEntry(
                        utf8("Grüße"),
                        time,
                        "modèle/模型:\uD83D\uDE00",
                        "Mandant Ω",
                        Set.of("ярлык", "\n\0", "", "a tag")),
                new CacheEntry(utf8("x"), Instant.ofEpochMilli(-1), "m".repeat(3000), "s".repeat(3000), Set.of()));
    }

    static List<OldRow> oldRows(int count) {
        List<OldRow> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(new OldRow(oldKey(i), "{\"response\": \"number " + i + "\"}", NOW - i, NOW + 3600));
        }
        return rows;
    }

    static String oldKey(int number) {
        return new CacheKey(number, 7).toString();
    }

    static CacheKey key(int number) {
        return new CacheKey(number, ~number);
    }

    static CacheEntry entry(String body) {
        return new CacheEntry(utf8(body), Instant.ofEpochMilli(1_790_000_000_000L), "m", "scope", Set.of());
    }

    static String text(CacheEntry entry) {
        return new String(entry.body(), StandardCharsets.UTF_8);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
