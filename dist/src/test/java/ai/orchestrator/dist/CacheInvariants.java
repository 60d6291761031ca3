package ai.orchestrator.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

/** What holds of the cache whatever has happened, where no request is being answered. */
final class CacheInvariants {
    private CacheInvariants() {}

    static void assertHold(Product product) {
        JsonNode cache = product.http.get("/api/stats").json().path("cache");
        long hits = 0;
        for (JsonNode tier : cache.path("tiers")) {
            long answered = count(tier, "hits") + count(tier, "misses") + count(tier, "unsound");
            assertThat(tier.at("/lookup_ms/count").asLong())
                    .as("every lookup that was answered was counted once: %s", tier)
                    .isEqualTo(answered);
            assertThat(count(tier, "unsound"))
                    .as("no entry without a verified body: %s", tier)
                    .isZero();
            hits += count(tier, "hits");
        }
        assertThat(count(cache, "hits"))
                .as("an answer from the cache is one tier's hit")
                .isEqualTo(hits);
        assertMetersAgree(product, cache);
    }

    private static void assertMetersAgree(Product product, JsonNode cache) {
        String meters = product.http.get("/observe/metrics").body();
        for (JsonNode tier : cache.path("tiers")) {
            String name = tier.path("name").asText();
            assertThat(meters.lines())
                    .as("meters of %s", name)
                    .anyMatch(line -> line.startsWith("orchestrator_cache_lookups_total{")
                            && line.contains("result=\"hit\"")
                            && line.contains("tier=\"" + name + "\"")
                            && Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)) == count(tier, "hits"));
        }
    }

    private static long count(JsonNode of, String name) {
        assertThat(of.path(name).isIntegralNumber()).as(name).isTrue();
        return of.path(name).asLong();
    }
}
