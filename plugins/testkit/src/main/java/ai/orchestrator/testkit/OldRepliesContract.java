package ai.orchestrator.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.cache.CacheKey;
import ai.orchestrator.plugin.cache.CacheSelector;
import ai.orchestrator.plugin.cache.DurableCacheTier;
import ai.orchestrator.plugin.cache.DurableCacheTier.Contents;
import ai.orchestrator.plugin.cache.DurableCacheTier.Imported;
import ai.orchestrator.plugin.cache.DurableCacheTier.OldReply;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every durable tier promises about the older service's answers: they are taken over, found, saved, and end with all entries. */
public abstract class OldRepliesContract extends DurableTierFixture {
    private static final String OLD_KEY = "274a0c2406153d81c432a72ea6aa95b0";

    @Test
    void takesTheOlderServicesAnswersOver() throws Exception {
        String json = "{\"response\": \"Grüße \uD83D\uDE00\", \"cache_hit\": false}";
        writeOldFile(
                file("old"),
                List.of(
                        new OldRow(OLD_KEY, json, 1_700_000_000, NOW + 3600),
                        new OldRow("0".repeat(32), "{\"past\": 1}", 1_600_000_000, NOW - 10),
                        new OldRow("1".repeat(32), "not read", 1_600_000_000, NOW + 3600),
                        new OldRow("no key", json, 1_700_000_000, NOW + 3600)));
        byte[] before = Files.readAllBytes(file("old"));

        Imported imported = tier.importOldReplies(file("old"), text -> text.startsWith("{"), QUIET);

        assertThat(imported).isEqualTo(new Imported(1, 1, 2));
        assertThat(tier.oldReply(CacheKey.parse(OLD_KEY)))
                .contains(new OldReply(json, Instant.ofEpochSecond(1_700_000_000)));
        assertThat(tier.oldReply(CacheKey.parse("0".repeat(32)))).isEmpty();
        assertThat(tier.oldReply(CacheKey.parse("1".repeat(32)))).isEmpty();
        assertThat(tier.oldReply(key(1))).isEmpty();
        assertThat(tier.get(CacheKey.parse(OLD_KEY))).isEmpty();
        assertThat(file("old")).hasBinaryContent(before);
        assertThat(names()).containsExactly("old");
    }

    @Test
    void takesThemOverAgain() throws Exception {
        writeOldFile(file("old"), oldRows(300));
        writeOldFile(file("newer"), List.of(new OldRow(oldKey(7), "{\"newer\": 1}", NOW, NOW + 7200)));

        assertThat(tier.importOldReplies(file("old"), json -> true, QUIET).imported())
                .isEqualTo(300);
        assertThat(tier.importOldReplies(file("old"), json -> true, QUIET).imported())
                .isEqualTo(300);
        assertThat(tier.importOldReplies(file("newer"), json -> true, QUIET).imported())
                .isOne();

        assertThat(tier.oldReply(CacheKey.parse(oldKey(7))))
                .contains(new OldReply("{\"newer\": 1}", Instant.ofEpochSecond(NOW)));
        assertThat(tier.backup(file("b"), QUIET).oldReplies()).isEqualTo(300);
    }

    @Test
    void savesAndRestoresThemToo() throws Exception {
        writeOldFile(file("old"), oldRows(700));
        tier.importOldReplies(file("old"), json -> true, QUIET);
        tier.put(key(1), entry("one"), LONG);

        assertThat(tier.backup(file("b"), QUIET)).isEqualTo(new Contents(1, 3, 0, 700));
        assertThat(tier.verify(file("b"), entry -> true, QUIET)).isEqualTo(new Contents(1, 3, 0, 700));
        DurableCacheTier other = anotherTier();
        assertThat(other.restore(file("b"), entry -> true, QUIET)).isEqualTo(new Contents(1, 3, 0, 700));

        for (int i = 0; i < 700; i += 99) {
            assertThat(other.oldReply(CacheKey.parse(oldKey(i))))
                    .isPresent()
                    .isEqualTo(tier.oldReply(CacheKey.parse(oldKey(i))));
        }
    }

    @Test
    void endsThemWithAllEntriesAndNotWithSome() throws Exception {
        writeOldFile(file("old"), oldRows(500));
        tier.importOldReplies(file("old"), json -> true, QUIET);
        CacheKey old = CacheKey.parse(oldKey(5));

        tier.removeAll(new CacheSelector.ByModel("m"));
        tier.removeAll(new CacheSelector.ByTag("a tag"));
        assertThat(tier.oldReply(old)).isPresent();

        tier.removeAll(new CacheSelector.All());
        assertThat(tier.oldReply(old)).isEmpty();
        assertThat(tier.backup(file("b"), QUIET)).isEqualTo(new Contents(0, 0, 0, 0));

        tier.importOldReplies(file("old"), json -> true, QUIET);
        assertThat(tier.oldReply(old)).isPresent();
    }
}
