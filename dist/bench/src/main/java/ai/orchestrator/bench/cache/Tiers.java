package ai.orchestrator.bench.cache;

import ai.orchestrator.bench.run.Server;

/** Configurations of the product: the shipped one with other tiers, and a mock upstream beside the shipped models. */
public final class Tiers {
    /** Answers stay longer than a run takes; as shipped but for that. */
    public static final String MEMORY = "{kind: memory, max_size: 256MB, ttl: 1h}";

    public static final String SQLITE = "{kind: sqlite, path: data/cache.sqlite, ttl: 30d, max_size: 10GB}";

    private Tiers() {}

    public static String redis(int port) {
        return "{kind: redis, url: \"redis://127.0.0.1:" + port + "\", ttl: 1h}";
    }

    /** The {@code orchestrator.yaml} with these tiers, in this order. */
    public static String configuration(Server upstream, String... tiers) {
        return """
                cache:
                  tiers: [%s]
                models:
                  - kind: llamacpp
                    folder: models
                  - kind: openrouter
                  - kind: openai
                    url: %s
                embeddings: [{kind: minilm}]
                search: {engines: [{kind: local, folder: data/documents}]}
                classifier: {kind: rules}
                """.formatted(String.join(", ", tiers), upstream.base());
    }
}
