package ai.orchestrator.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.cache.CacheEntry;
import ai.orchestrator.plugin.cache.CacheSelector;
import ai.orchestrator.plugin.cache.DurableCacheTier;
import ai.orchestrator.plugin.cache.DurableCacheTier.Contents;
import ai.orchestrator.plugin.cache.DurableCacheTier.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every tier promises that keeps its entries in a file, beside what {@link CacheTierContract} asks: it can be saved, verified and
 * restored while it is in use. A plugin's test extends this class, and another one {@link OldRepliesContract}.
 */
public abstract class DurableCacheTierContract extends DurableTierFixture {
    /** Calls that read a file which the operator names. */
    enum Reading {
        VERIFY,
        RESTORE,
        IMPORT;

        void of(Path file, DurableCacheTier tier, Progress progress) {
            switch (this) {
                case VERIFY -> tier.verify(file, entry -> true, progress);
                case RESTORE -> tier.restore(file, entry -> true, progress);
                case IMPORT -> tier.importOldReplies(file, json -> true, progress);
            }
        }
    }

    @Test
    void bringsEveryPartOfEachEntryBackInAnotherTier() throws Exception {
        List<CacheEntry> entries = entries();
        for (int i = 0; i < entries.size(); i++) {
            tier.put(key(i), entries.get(i), LONG);
        }
        long bytes = entries.stream().mapToLong(entry -> entry.body().length).sum();

        Contents saved = tier.backup(file("b"), QUIET);
        DurableCacheTier other = anotherTier();
        other.put(key(99), entry("was there before"), LONG);
        Contents restored = other.restore(file("b"), entry -> true, QUIET);

        assertThat(saved).isEqualTo(new Contents(entries.size(), bytes, 0, 0)).isEqualTo(restored);
        for (int i = 0; i < entries.size(); i++) {
            assertThat(other.get(key(i))).contains(entries.get(i));
            assertThat(tier.get(key(i))).contains(entries.get(i));
        }
        assertThat(other.get(key(99))).isEmpty();
        assertThat(other.removeAll(new CacheSelector.ByModel("smollm2:135m"))).isOne();
        assertThat(other.removeAll(new CacheSelector.ByTag("a tag"))).isOne();
    }

    @Test
    void keepsTheTimeWhenAnEntryExpires() throws Exception {
        tier.put(key(1), entry("stays"), LONG);
        tier.put(key(2), entry("goes soon"), Duration.ofSeconds(3));
        tier.put(key(3), entry("is gone"), Duration.ofMillis(1));
        Eventually.await("the entry to expire", () -> tier.get(key(3)).isEmpty());

        assertThat(tier.backup(file("b"), QUIET).entries()).isEqualTo(2);
        DurableCacheTier other = anotherTier();
        other.restore(file("b"), entry -> true, QUIET);

        assertThat(other.get(key(3))).isEmpty();
        Eventually.await("the entry to expire", () -> other.get(key(2)).isEmpty());
        assertThat(other.get(key(1))).contains(entry("stays"));
    }

    @Test
    void savesAnEmptyTier() throws Exception {
        Contents nothing = new Contents(0, 0, 0, 0);
        tier.put(key(1), entry("from before"), LONG);

        assertThat(anotherTier().backup(file("b"), QUIET)).isEqualTo(nothing);
        assertThat(tier.verify(file("b"), entry -> false, QUIET)).isEqualTo(nothing);
        assertThat(tier.restore(file("b"), entry -> false, QUIET)).isEqualTo(nothing);

        assertThat(tier.get(key(1))).isEmpty();
        tier.put(key(1), entry("anew"), LONG);
        assertThat(tier.get(key(1))).contains(entry("anew"));
    }

    @Test
    void writesOverNoFile() throws Exception {
        Files.writeString(file("b"), "somebody's notes");
        tier.put(key(1), entry("one"), LONG);

        PluginFailure failure = failureOf(() -> tier.backup(file("b"), QUIET));

        assertThat(failure).isInstanceOf(PluginFailure.Permanent.class);
        assertThat(failure.code()).isEqualTo(FailureCode.INVALID_REQUEST);
        assertThat(file("b")).hasContent("somebody's notes");
        assertThat(names()).containsExactly("b");
    }

    @Test
    void saysSoWhereABackupCannotBeWritten() throws Exception {
        failureOf(() -> tier.backup(folder.resolve("missing/b"), QUIET));

        assertThat(names()).isEmpty();
        assertThat(tier.backup(file("b"), QUIET).entries()).isZero();
    }

    @Test
    void verifiesEachEntryAndChangesNothing() throws Exception {
        for (int i = 0; i < 20; i++) {
            tier.put(key(i), entry("body " + i), LONG);
        }
        tier.backup(file("b"), QUIET);
        byte[] before = Files.readAllBytes(file("b"));

        Contents contents = tier.verify(file("b"), entry -> !text(entry).endsWith("7"), QUIET);

        assertThat(contents).isEqualTo(new Contents(20, 10 * 6 + 10 * 7, 2, 0));
        assertThat(file("b")).hasBinaryContent(before);
        assertThat(names()).containsExactly("b");
    }

    @Test
    void refusesToRestoreUnsoundEntries() throws Exception {
        tier.put(key(1), entry("good"), LONG);
        tier.put(key(2), entry("bad"), LONG);
        tier.backup(file("b"), QUIET);
        tier.put(key(3), entry("later"), LONG);

        PluginFailure failure =
                failureOf(() -> tier.restore(file("b"), entry -> !text(entry).equals("bad"), QUIET));

        assertThat(failure.code()).isEqualTo(FailureCode.INVALID_REQUEST);
        assertThat(tier.get(key(3))).contains(entry("later"));
        assertThat(tier.restore(file("b"), entry -> true, QUIET).entries()).isEqualTo(2);
        assertThat(tier.get(key(3))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void refusesWhatIsNoFileOfItsKind(Reading reading) throws Exception {
        tier.put(key(1), entry("stays"), LONG);
        tier.backup(file("whole"), QUIET);
        byte[] whole = Files.readAllBytes(file("whole"));
        Files.delete(file("whole"));
        Files.createDirectory(file("folder"));
        Files.createFile(file("empty"));
        Files.writeString(file("text"), "somebody's notes\n".repeat(1000));
        Files.writeString(file("short"), "x");
        Files.write(file("half"), Arrays.copyOf(whole, whole.length / 2));

        for (String name : List.of("missing", "folder", "empty", "text", "short", "half")) {
            PluginFailure failure = failureOf(() -> reading.of(file(name), tier, QUIET));

            assertThat(failure).isInstanceOf(PluginFailure.Permanent.class).hasMessageContaining(name);
            assertThat(failure.code())
                    .isEqualTo(name.equals("missing") ? FailureCode.NOT_FOUND : FailureCode.INVALID_REQUEST);
        }

        assertThat(names()).containsExactlyInAnyOrder("folder", "empty", "text", "short", "half");
        assertThat(tier.get(key(1))).contains(entry("stays"));
    }

    @Test
    void restoresWhileCallsRun() throws Exception {
        for (int i = 0; i < 50; i++) {
            tier.put(key(i), entry("saved " + i), LONG);
        }
        tier.backup(file("b"), QUIET);
        CacheTierCrowd crowd = new CacheTierCrowd(tier, 4);
        crowd.awaitRounds(20);

        crowd.expectLoss();
        for (int round = 0; round < 3; round++) {
            tier.restore(file("b"), entry -> true, QUIET);
            crowd.awaitRounds(20);
            assertThat(tier.get(key(round))).contains(entry("saved " + round));
        }

        assertThat(crowd.end()).isEmpty();
    }

    @Test
    void savesWhileCallsRun() throws Exception {
        for (int i = 0; i < 50; i++) {
            tier.put(key(i), entry("there throughout " + i), LONG);
        }
        CacheTierCrowd crowd = new CacheTierCrowd(tier, 4);
        crowd.awaitRounds(20);

        for (int round = 0; round < 3; round++) {
            Contents saved = tier.backup(file("b" + round), QUIET);
            assertThat(saved.entries()).isGreaterThanOrEqualTo(50);
            assertThat(tier.verify(file("b" + round), DurableCacheTierContract::isWhole, QUIET))
                    .isEqualTo(saved);
            crowd.awaitRounds(20);
        }

        assertThat(crowd.end()).isEmpty();
    }

    @Test
    void tellsHowFarItIs() throws Exception {
        for (int i = 0; i < 1200; i++) {
            tier.put(key(i), entry("body " + i), LONG);
        }
        writeOldFile(file("old"), oldRows(500));

        assertGoesOn(progress -> tier.backup(file("b"), progress));
        assertGoesOn(progress -> tier.verify(file("b"), entry -> true, progress));
        assertGoesOn(progress -> tier.restore(file("b"), entry -> true, progress));
        assertGoesOn(progress -> tier.importOldReplies(file("old"), json -> true, progress));
    }

    @Test
    void leavesNothingBehindWhenItIsEndedEarly() throws Exception {
        for (int i = 0; i < 1200; i++) {
            tier.put(key(i), entry("body " + i), LONG);
        }
        tier.backup(file("b"), QUIET);
        writeOldFile(file("old"), oldRows(500));
        List<String> before = names();
        PluginFailure end = new PluginFailure.Cancelled();
        Progress ending = (done, total) -> {
            throw end;
        };

        assertThat(failureOf(() -> tier.backup(file("c"), ending))).isSameAs(end);
        for (Reading reading : Reading.values()) {
            Path source = file(reading == Reading.IMPORT ? "old" : "b");
            assertThat(failureOf(() -> reading.of(source, tier, ending))).isSameAs(end);
        }

        assertThat(names()).isEqualTo(before);
        assertThat(tier.get(key(7))).contains(entry("body 7"));
        assertThat(tier.backup(file("c"), QUIET).entries()).isEqualTo(1200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "50%", "what?", "#1", "it's", "ä", "a;b&c=d"})
    void takesAFileOfAnyName(String name) throws Exception {
        tier.put(key(1), entry("one"), LONG);

        tier.backup(file(name), QUIET);

        assertThat(names()).containsExactly(name);
        assertThat(tier.verify(file(name), entry -> true, QUIET).entries()).isOne();
        assertThat(tier.restore(file(name), entry -> true, QUIET).entries()).isOne();
        Files.delete(file(name));
        writeOldFile(file(name), oldRows(3));
        assertThat(tier.importOldReplies(file(name), json -> true, QUIET).imported())
                .isEqualTo(3);
    }

    private static boolean isWhole(CacheEntry entry) {
        return entry.scope().equals("scope") || CacheTierCrowd.isOfACrowd(entry);
    }
}
