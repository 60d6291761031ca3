package ai.orchestrator.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.cache.CacheEntry;
import ai.orchestrator.plugin.cache.CacheKey;
import ai.orchestrator.plugin.cache.CacheSelector;
import ai.orchestrator.plugin.cache.CacheTier;
import ai.orchestrator.plugin.cache.NewEntry;
import ai.orchestrator.plugin.cache.TierUsage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every cache tier promises. A plugin's test extends this class and says how to make a tier; the tier must hold a
 * few megabytes. Several tests may run one after another on the same storage, so each gets an empty tier from {@link #newTier}.
 */
public abstract class CacheTierContract {
    private static final Duration LONG = Duration.ofHours(1);
    private static final CacheKey KEY = CacheKey.parse("00112233445566778899aabbccddeeff");
    private static final CacheKey OTHER_KEY = CacheKey.parse("ffeeddccbbaa99887766554433221100");

    private CacheTier tier;

    /** Makes a tier that works and is empty. The suite closes it. */
    protected abstract CacheTier newTier() throws Exception;

    @BeforeEach
    void open() throws Exception {
        tier = newTier();
    }

    @AfterEach
    void close() throws Exception {
        tier.close();
    }

    @Test
    void describesItself() {
        assertThat(tier.reach()).isNotNull();
        assertThat(tier.defaultTtl()).isPositive();
        assertThat(tier.health().state()).isNotEqualTo(Health.State.DOWN);
    }

    static Stream<Arguments> entries() {
        Instant now = Instant.ofEpochMilli(1_790_000_000_123L);
        byte[] everyByte = new byte[256];
        for (int i = 0; i < everyByte.length; i++) {
            everyByte[i] = (byte) i;
        }
        byte[] large = new byte[1 << 20];
        new Random(1).nextBytes(large);
        String longTag = "t".repeat(300);
        return Stream.of(
                argumentSet("empty throughout", new CacheEntry(new byte[0], Instant.EPOCH, "", "", Set.of())),
                argumentSet("one byte", new CacheEntry(new byte[] {0}, now, "m", "s", Set.of("t"))),
                argumentSet("every byte", new CacheEntry(everyByte, now, "smollm2:135m", "", Set.of("a", "b", "c"))),
                argumentSet("1 MB", new CacheEntry(large, now, "hf.co/a/b:Q4_K_M", "tenant", Set.of())),
                argumentSet(
                        "texts beyond ASCII",
                        new CacheEntry(
                                utf8("Grüße"),
                                now,
                                "modèle/模型:😀",
                                "Mandant Ω",
                                Set.of("ярлык", "a b", "a,b", "\n\0", ""))),
                argumentSet(
                        "long texts",
                        new CacheEntry(
                                utf8("x"), now, "m".repeat(3000), "s".repeat(3000), Set.of(longTag, longTag + "1"))),
                argumentSet(
                        "made before 1970", new CacheEntry(utf8("x"), Instant.ofEpochMilli(-1), "m", "s", Set.of())));
    }

    @ParameterizedTest
    @MethodSource("entries")
    void keepsAnEntryExactly(CacheEntry entry) {
        byte[] before = entry.body().clone();

        tier.put(KEY, entry, LONG);

        assertThat(tier.get(KEY)).contains(entry);
        assertThat(entry.body()).isEqualTo(before);
    }

    @Test
    void missesWhatWasNeverStored() {
        tier.put(KEY, entry("stored", "m"), LONG);

        assertThat(tier.get(OTHER_KEY)).isEmpty();
    }

    @Test
    void tellsKeysApartByEveryBit() {
        List<CacheKey> keys = List.of(
                new CacheKey(0, 0),
                new CacheKey(0, 1),
                new CacheKey(1, 0),
                new CacheKey(0, Long.MIN_VALUE),
                new CacheKey(Long.MIN_VALUE, 0),
                new CacheKey(-1, -1),
                new CacheKey(Long.MAX_VALUE, -1));
        for (CacheKey key : keys) {
            tier.put(CacheKey.parse(key.toString()), entry(key.toString(), "m"), LONG);
        }

        for (CacheKey key : keys) {
            assertThat(tier.get(key)).contains(entry(key.toString(), "m"));
        }
    }

    @Test
    void replacesAnEntryInAllItsParts() {
        CacheEntry first = new CacheEntry(utf8("first"), Instant.EPOCH, "m1", "s1", Set.of("t1", "both"));
        CacheEntry second = new CacheEntry(utf8("2"), Instant.ofEpochMilli(5), "m2", "s2", Set.of("t2", "both"));
        tier.put(KEY, first, LONG);

        tier.put(KEY, second, LONG);

        assertThat(tier.get(KEY)).contains(second);
        assertThat(tier.removeAll(new CacheSelector.ByModel("m1"))).isZero();
        assertThat(tier.removeAll(new CacheSelector.ByTag("t1"))).isZero();
        assertThat(tier.get(KEY)).contains(second);
        assertThat(tier.removeAll(new CacheSelector.ByTag("both"))).isOne();
        assertThat(tier.get(KEY)).isEmpty();
    }

    @Test
    void removesOneEntryAndSaysWhetherThereWasOne() {
        tier.put(KEY, entry("a", "m"), LONG);
        tier.put(OTHER_KEY, entry("b", "m"), LONG);

        assertThat(tier.remove(KEY)).isTrue();
        assertThat(tier.remove(KEY)).isFalse();

        assertThat(tier.get(KEY)).isEmpty();
        assertThat(tier.get(OTHER_KEY)).contains(entry("b", "m"));
    }

    @Test
    void removesAllAndGoesOn() {
        for (int i = 0; i < 250; i++) {
            tier.put(new CacheKey(i, i), entry("body " + i, "m" + i % 3, "t" + i % 5), LONG);
        }

        assertThat(tier.removeAll(new CacheSelector.All())).isEqualTo(250);

        for (int i = 0; i < 250; i++) {
            assertThat(tier.get(new CacheKey(i, i))).isEmpty();
        }
        assertThat(tier.removeAll(new CacheSelector.All())).isZero();
        tier.put(KEY, entry("after", "m"), LONG);
        assertThat(tier.get(KEY)).contains(entry("after", "m"));
        assertThat(tier.removeAll(new CacheSelector.ByModel("m"))).isOne();
    }

    @Test
    void removesTheEntriesOfOneModel() {
        for (int i = 0; i < 300; i++) {
            tier.put(new CacheKey(0, i), entry("body " + i, i % 2 == 0 ? "even" : "odd"), LONG);
        }

        assertThat(tier.removeAll(new CacheSelector.ByModel("even"))).isEqualTo(150);
        assertThat(tier.removeAll(new CacheSelector.ByModel("even"))).isZero();

        for (int i = 0; i < 300; i++) {
            assertThat(tier.get(new CacheKey(0, i)).isPresent()).isEqualTo(i % 2 == 1);
        }
    }

    @Test
    void removesTheEntriesThatCarryATag() {
        for (int i = 0; i < 300; i++) {
            tier.put(new CacheKey(0, i), entry("body " + i, "m", "all", i % 3 == 0 ? "third" : "rest"), LONG);
        }

        assertThat(tier.removeAll(new CacheSelector.ByTag("third"))).isEqualTo(100);
        assertThat(tier.removeAll(new CacheSelector.ByTag("third"))).isZero();
        assertThat(tier.get(new CacheKey(0, 0))).isEmpty();
        assertThat(tier.get(new CacheKey(0, 1))).isPresent();

        assertThat(tier.removeAll(new CacheSelector.ByTag("all"))).isEqualTo(200);
    }

    @Test
    void removesAnEntryByItsKeyOnlyIfItIsOfTheScope() {
        CacheEntry mine = entryOf("mine", "m", "t");
        CacheEntry everybodys = entryOf("", "m", "t");
        tier.put(KEY, mine, LONG);
        tier.put(OTHER_KEY, everybodys, LONG);

        for (String other : List.of("", "other", "min", "mine ", "Mine", "%", "*")) {
            assertThat(tier.remove(KEY, other)).as("'%s'", other).isFalse();
        }
        assertThat(tier.remove(OTHER_KEY, "mine")).isFalse();
        assertThat(tier.get(KEY)).contains(mine);
        assertThat(tier.get(OTHER_KEY)).contains(everybodys);

        assertThat(tier.remove(KEY, "mine")).isTrue();
        assertThat(tier.remove(KEY, "mine")).isFalse();
        assertThat(tier.remove(OTHER_KEY, "")).isTrue();
        assertThat(tier.get(KEY)).isEmpty();
        assertThat(tier.get(OTHER_KEY)).isEmpty();
    }

    @Test
    void removesAnEntryByItsKeyWhateverTheLengthOfItsScope() {
        String scope = "s".repeat(3000);
        tier.put(KEY, entryOf(scope, "m".repeat(3000), "t"), LONG);

        assertThat(tier.remove(KEY, scope + "s")).isFalse();
        assertThat(tier.remove(KEY, scope)).isTrue();
    }

    static Stream<Arguments> selectors() {
        return Stream.of(
                argumentSet("all", new CacheSelector.All()),
                argumentSet("by model", new CacheSelector.ByModel("m")),
                argumentSet("by tag", new CacheSelector.ByTag("t")));
    }

    /** Few of one scope's among very many, and very many among few: no slice of others' entries ends the removal early. */
    @ParameterizedTest
    @MethodSource("selectors")
    void removesTheSelectedEntriesOfOneScopeAlone(CacheSelector.OfAnyScope selected) {
        List<NewEntry> entries = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            entries.add(new NewEntry(new CacheKey(i, i), entryOf(i % 1_000 == 999 ? "few" : "many", "m", "t"), LONG));
        }
        CacheEntry others = entryOf("few", "other", "other");
        entries.add(new NewEntry(KEY, others, LONG));
        CacheEntry everybodys = entryOf("", "m", "t");
        entries.add(new NewEntry(OTHER_KEY, everybodys, LONG));
        tier.putAll(entries);
        boolean all = selected instanceof CacheSelector.All;

        assertThat(tier.removeAll(new CacheSelector.InScope("nobody", selected)))
                .isZero();
        assertThat(tier.removeAll(new CacheSelector.InScope("few", selected))).isEqualTo(all ? 6 : 5);
        assertThat(tier.removeAll(new CacheSelector.InScope("few", selected))).isZero();

        assertThat(tier.get(KEY)).isEqualTo(all ? Optional.empty() : Optional.of(others));
        assertThat(tier.get(OTHER_KEY)).contains(everybodys);
        for (int i = 0; i < 5_000; i++) {
            assertThat(tier.get(new CacheKey(i, i)).isPresent()).isEqualTo(i % 1_000 != 999);
        }

        assertThat(tier.removeAll(new CacheSelector.InScope("many", selected))).isEqualTo(4_995);
        assertThat(tier.get(OTHER_KEY)).contains(everybodys);
        assertThat(tier.removeAll(new CacheSelector.InScope("", selected))).isOne();
        assertThat(tier.get(OTHER_KEY)).isEmpty();
    }

    static Stream<String> oddNames() {
        return Stream.of("*", "m?", "[m]*", "m%", "_", "m'--", "M1", "m1 ", " ", "", "ä", "long ".repeat(1000));
    }

    @ParameterizedTest
    @MethodSource("oddNames")
    void takesModelAndTagForNamesAndNotForPatterns(String name) {
        tier.put(KEY, entry("plain", "m1", "m1"), LONG);
        tier.put(OTHER_KEY, entry("odd", name, name), LONG);

        assertThat(tier.removeAll(new CacheSelector.ByModel(name))).isOne();
        tier.put(OTHER_KEY, entry("odd", name, name), LONG);
        assertThat(tier.removeAll(new CacheSelector.ByTag(name))).isOne();

        assertThat(tier.get(OTHER_KEY)).isEmpty();
        assertThat(tier.get(KEY)).contains(entry("plain", "m1", "m1"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 1_000_000, 80_000_000, 1_500_000_000})
    void forgetsAnEntryWhenItsTimeIsOver(long ttlNanos) {
        tier.put(OTHER_KEY, entry("stays", "m", "t"), LONG);
        tier.put(KEY, entry("goes", "m", "t"), Duration.ofNanos(ttlNanos));

        Eventually.await("the entry to expire", () -> tier.get(KEY).isEmpty());

        assertThat(tier.remove(KEY)).isFalse();
        assertThat(tier.get(OTHER_KEY)).contains(entry("stays", "m", "t"));
        assertThat(tier.removeAll(new CacheSelector.ByTag("t"))).isOne();
    }

    @Test
    void countsTheTimeFromTheLastPut() {
        tier.put(KEY, entry("short", "m"), Duration.ofMillis(50));
        tier.put(KEY, entry("long", "m"), LONG);
        tier.put(OTHER_KEY, entry("long", "m"), LONG);
        tier.put(OTHER_KEY, entry("short", "m"), Duration.ofMillis(100));

        Eventually.await("the entry to expire", () -> tier.get(OTHER_KEY).isEmpty());

        assertThat(tier.get(KEY)).contains(entry("long", "m"));
    }

    @Test
    void keepsAnEntryThatHasAThousandYears() {
        tier.put(KEY, entry("a", "m"), Duration.ofDays(365_000));
        tier.put(OTHER_KEY, entry("b", "m"), Duration.ofSeconds(Long.MAX_VALUE));

        assertThat(tier.get(KEY)).contains(entry("a", "m"));
        assertThat(tier.get(OTHER_KEY)).contains(entry("b", "m"));
    }

    @Test
    void servesManyThreadsAtOnce() throws Exception {
        CacheTierCrowd crowd = new CacheTierCrowd(tier, 8);
        crowd.awaitRounds(1000);

        assertThat(crowd.end()).isEmpty();
    }

    @Test
    void countsOnlyWhatItKnows() {
        assertThat(tier.usage()).satisfies(CacheTierContract::isPlausible);
        for (int i = 0; i < 20; i++) {
            tier.put(new CacheKey(i, 0), entry("body", "m"), LONG);
        }
        assertThat(tier.usage()).satisfies(CacheTierContract::isPlausible);
        tier.removeAll(new CacheSelector.All());
        assertThat(tier.usage()).satisfies(CacheTierContract::isPlausible);
    }

    @Test
    void closesWhileCallsRunAndThenFailsThemCleanly() throws Exception {
        CacheTier closing = newTier();
        CacheTierCrowd crowd = new CacheTierCrowd(closing, 4);
        crowd.awaitRounds(50);

        crowd.expectClose();
        assertThatCode(closing::close).doesNotThrowAnyException();

        crowd.awaitRounds(50);
        assertThat(crowd.end()).isEmpty();
    }

    private static void isPlausible(TierUsage usage) {
        assertThat(usage.entries()).isGreaterThanOrEqualTo(-1);
        assertThat(usage.bytes()).isGreaterThanOrEqualTo(-1);
        assertThat(usage.maxBytes()).isGreaterThanOrEqualTo(-1);
        assertThat(usage.evictions()).isNotNegative();
    }

    private static CacheEntry entryOf(String scope, String model, String tag) {
        return new CacheEntry(utf8("body"), Instant.ofEpochMilli(1_790_000_000_000L), model, scope, Set.of(tag));
    }

    private static CacheEntry entry(String body, String model, String... tags) {
        return new CacheEntry(utf8(body), Instant.ofEpochMilli(1_790_000_000_000L), model, "scope", Set.of(tags));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
