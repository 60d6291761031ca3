package ai.orchestrator.server.cache;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.cache.CacheEntry;
import ai.orchestrator.plugin.cache.CacheKey;
import ai.orchestrator.plugin.cache.CacheTier;
import ai.orchestrator.plugin.model.FinishReason;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.Usage;
import ai.orchestrator.server.digest.Digests;
import ai.orchestrator.server.harness.MapTier;
import ai.orchestrator.server.orchestration.CacheControl;
import ai.orchestrator.server.orchestration.RequestFingerprint;
import ai.orchestrator.server.orchestration.RequestPolicy;
import ai.orchestrator.server.orchestration.ResponseCache;
import ai.orchestrator.server.orchestration.StoredAnswer;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two texts that have the same MD5, found by Wang, Feng, Lai and Yu in 2004: what is stored for one is never served for the other. */
class CollisionTest {
    private static final String COMMON_1 = "d131dd02c5e6eec4693d9a0698aff95c2fcab5";
    private static final RequestFingerprint ONE = fingerprint(
            COMMON_1
                    + "8712467eab4004583eb8fb7f8955ad340609f4b30283e488832571415a085125e8f7cdc99fd91dbdf280373c5bd8823e3156348f5bae6dac"
                    + "d436c919c6dd53e2b487da03fd02396306d248cda0e99f33420f577ee8ce54b67080a80d1ec69821bcb6a8839396f9652b6ff72a70");
    private static final RequestFingerprint OTHER = fingerprint(
            COMMON_1
                    + "0712467eab4004583eb8fb7f8955ad340609f4b30283e4888325f1415a085125e8f7cdc99fd91dbd7280373c5bd8823e3156348f5bae6dac"
                    + "d436c919c6dd53e23487da03fd02396306d248cda0e99f33420f577ee8ce54b67080280d1ec69821bcb6a8839396f965ab6ff72a70");

    private final MapTier memory = new MapTier(CacheTier.Reach.MEMORY, Duration.ofSeconds(60));
    private final MapTier disk = new MapTier(CacheTier.Reach.MEMORY, Duration.ofDays(30));
    private final TieredResponseCache cache = new TieredResponseCache(
            List.of(new NamedTier("memory", memory), new NamedTier("disk", disk)), 10, Clock.systemUTC());

    @AfterEach
    void close() {
        cache.close();
    }

    @Test
    void theTwoCollide() {
        assertThat(ONE.key()).isEqualTo(OTHER.key()).hasToString("79054025255fb1a26e4bc422aef54eb4");
        assertThat(ONE).isNotEqualTo(OTHER);
    }

    @Test
    void neitherIsServedTheOthersAnswerNorLosesItsOwn() {
        store(ONE, "one's");

        assertThat(find(OTHER)).isEmpty();
        assertThat(find(ONE)).contains("one's");

        store(OTHER, "other's");
        assertThat(find(ONE)).isEmpty();
        assertThat(find(OTHER)).contains("other's");
    }

    @Test
    void theOneIsFoundInATierBelowTheOthers() {
        store(ONE, "one's");
        CacheEntry below = Objects.requireNonNull(disk.entries.get(ONE.key()));
        store(OTHER, "other's");
        disk.entries.put(ONE.key(), below);

        assertThat(find(ONE)).contains("one's");
    }

    @Test
    void whatIsNobodysIsRemoved() {
        store(ONE, "one's");
        CacheEntry entry = Objects.requireNonNull(memory.entries.get(ONE.key()));
        byte[] broken = entry.body().clone();
        broken[broken.length / 2] ^= 1;
        memory.entries.put(ONE.key(), new CacheEntry(broken, entry.createdAt(), entry.model(), "", Set.of()));
        disk.entries.clear();

        assertThat(find(OTHER)).isEmpty();
        assertThat(memory.entries).isEmpty();
    }

    private void store(RequestFingerprint request, String text) {
        Usage usage = new Usage(1, 0, 1, Duration.ZERO, Duration.ZERO, Duration.ZERO, Optional.empty(), "");
        List<ModelEvent> events = List.of(new ModelEvent.Text(text), new ModelEvent.Finished(FinishReason.STOP, usage));
        StoredAnswer answer = new StoredAnswer(
                "m:latest", Optional.empty(), "r", "", Instant.now().truncatedTo(ChronoUnit.MILLIS), events, List.of());
        cache.store(request, "m:latest", answer, RequestPolicy.DEFAULT, Set.of());
    }

    private Optional<String> find(RequestFingerprint request) {
        return cache.find(request, RequestPolicy.DEFAULT, CacheControl.DEFAULT)
                .map(ResponseCache.Hit::answer)
                .map(answer -> ((ModelEvent.Text) answer.events().getFirst()).text());
    }

    private static RequestFingerprint fingerprint(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        ByteBuffer md5 = ByteBuffer.wrap(Digests.md5().digest(bytes));
        return new RequestFingerprint(
                new CacheKey(md5.getLong(), md5.getLong()), Digests.sha256().digest(bytes));
    }
}
