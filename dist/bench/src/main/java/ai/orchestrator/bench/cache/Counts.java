package ai.orchestrator.bench.cache;

import ai.orchestrator.bench.load.Expected;
import ai.orchestrator.bench.run.Server;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/** What the product says at {@code /api/stats} of the answers it has given. */
record Counts(JsonNode stats) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Counts of(Server product) throws IOException, InterruptedException {
        return new Counts(JSON.readTree(Ask.get(product.base().resolve("/api/stats"))));
    }

    /** How many there are of a kind; none that its cache has not counted yet. */
    long of(Expected kind) {
        JsonNode cache = stats.path("cache");
        return switch (kind.cache().orElse("")) {
            case "HIT" ->
                kind.tier()
                        .map(tier -> cache.path("hits_by_tier").path(tier))
                        .orElse(cache.path("hits"))
                        .asLong();
            case "MISS" -> cache.path("misses").asLong();
            default -> stats.path("requests").path("answered").asLong();
        };
    }
}
