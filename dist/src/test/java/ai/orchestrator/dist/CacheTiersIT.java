package ai.orchestrator.dist;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.dist.Http.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.embedded.RedisServer;

class CacheTiersIT {
    private static final String ASK = """
            {"model": "smollm2:135m", "prompt": "Say hello.", "stream": false, "options": {"num_predict": 12}}""";

    @TempDir
    Path folder;

    @Test
    void anAnswerIsFoundInMemoryThenInRedisThenInSqliteAndCopiedUpward() throws IOException {
        int redisPort = Product.freePort();
        RedisServer redis = RedisServer.newRedisServer()
                .port(redisPort)
                .setting("save \"\"")
                .build();
        redis.start();
        try {
            Path home = Product.home(folder);
            Map<String, String> environment = Map.of("REDIS_URL", "redis://127.0.0.1:" + redisPort);
            String answer;
            try (Product product = Product.start(home, environment)) {
                Reply miss = product.http.post("/api/generate", ASK);
                assertThat(miss.status()).as(miss.body()).isEqualTo(200);
                assertThat(miss.header("X-Cache")).isEqualTo("MISS");
                answer = miss.json().get("response").asText();
                assertThat(answer).isNotEmpty();

                assertHit(product, "memory", answer);
                product.http.delete("/api/cache?tier=memory");
                assertHit(product, "redis", answer);
                assertHit(product, "memory", answer);
                product.http.delete("/api/cache?tier=memory");
                product.http.delete("/api/cache?tier=redis");
                assertHit(product, "sqlite", answer);
                assertHit(product, "memory", answer);
                product.http.delete("/api/cache?tier=memory");
                assertHit(product, "redis", answer);

                Reply chat = product.http.post("/api/chat", """
                        {"model": "smollm2:135m", "messages": [{"role": "user", "content": "Say hello."}], "stream": false,
                         "options": {"num_predict": 12.0}}""");
                assertThat(chat.header("X-Cache"))
                        .as("the same request in another spelling")
                        .isEqualTo("HIT");
                assertThat(chat.json().at("/message/content").asText()).isEqualTo(answer);
                CacheInvariants.assertHold(product);
            }
            try (Product restarted = Product.start(home, Map.of())) {
                assertHit(restarted, "sqlite", answer);
                assertThat(restarted.http.delete("/api/cache").status()).isEqualTo(200);
                assertThat(restarted.http.post("/api/generate", ASK).header("X-Cache"))
                        .isEqualTo("MISS");
            }
        } finally {
            redis.stop();
        }
    }

    @Test
    void withoutRedisTheServerSaysSoOnceAndWorksOnTheOtherTwo() {
        try (Product product =
                Product.start(Product.home(folder), Map.of("REDIS_URL", "redis://127.0.0.1:" + Product.freePort()))) {
            String answer = product.http
                    .post("/api/generate", ASK)
                    .json()
                    .get("response")
                    .asText();
            assertHit(product, "memory", answer);
            product.http.delete("/api/cache?tier=memory");
            assertHit(product, "sqlite", answer);
            for (int i = 0; i < 10; i++) {
                product.http.post("/api/generate", ASK.replace("hello", "hello " + i));
            }
            assertThat(product.log()
                            .lines()
                            .filter(line ->
                                    line.contains("WARN") && line.toLowerCase().contains("redis")))
                    .hasSizeBetween(1, 2);
            CacheInvariants.assertHold(product);
        }
    }

    private static void assertHit(Product product, String tier, String answer) {
        Reply hit = product.http.post("/api/generate", ASK);
        assertThat(hit.header("X-Cache")).isEqualTo("HIT");
        assertThat(hit.header("X-Cache-Tier")).isEqualTo(tier);
        assertThat(hit.json().get("response").asText()).isEqualTo(answer);
    }
}
