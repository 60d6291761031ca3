package ai.orchestrator.dist;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.dist.Http.Reply;
import ai.orchestrator.dist.SwitchedProxy.Mode;
import ai.orchestrator.testkit.fakes.FakeOpenRouter;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import redis.embedded.RedisServer;

/** A real Redis that falls sick under load: no request fails, and the tier is in use again once it is well. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisFaultsIT {
    private static final String MODEL = "openrouter/auto";
    private static final String ASK = """
            {"model": "%s", "prompt": "a question that was asked before", "stream": false}""".formatted(MODEL);
    private static final Duration RECOVERY = Duration.ofSeconds(30);

    private final int redisPort = Product.freePort();
    private final FakeOpenRouter cloud = new FakeOpenRouter(0);

    private RedisServer redis;
    private SwitchedProxy proxy;
    private Product product;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        redis = startRedis();
        proxy = new SwitchedProxy(redisPort);
        product = Product.start(
                Product.home(folder),
                Map.of(
                        "REDIS_URL",
                        "redis://127.0.0.1:" + proxy.port(),
                        "OPENROUTER_API_KEY",
                        "sk-test-1",
                        "OPENROUTER_BASE_URL",
                        cloud.url().toString()));
        assertThat(product.http.post("/api/generate", ASK).status()).isEqualTo(200);
        await("redis");
    }

    @AfterAll
    void stop() throws IOException {
        product.close();
        proxy.close();
        redis.stop();
        cloud.close();
    }

    @AfterEach
    void invariantsHold() {
        CacheInvariants.assertHold(product);
    }

    @Test
    void frozen() throws Exception {
        whileSick(() -> signal("STOP"), () -> signal("CONT"));
    }

    @Test
    void stopped() throws Exception {
        whileSick(() -> redis.stop(), () -> {
            redis = startRedis();
            product.http.delete("/api/cache?tier=memory");
            product.http.post("/api/generate", ASK); // a new Redis is empty, and gets what the file has
        });
    }

    @Test
    void slow() throws Exception {
        whileSick(() -> proxy.mode = Mode.LATE, () -> proxy.mode = Mode.AS_THEY_ARE);
    }

    @Test
    void silent() throws Exception {
        whileSick(() -> proxy.mode = Mode.NOT_AT_ALL, () -> proxy.mode = Mode.AS_THEY_ARE);
    }

    @Test
    void garbled() throws Exception {
        whileSick(() -> proxy.mode = Mode.AS_GARBAGE, () -> proxy.mode = Mode.AS_THEY_ARE);
    }

    /** Full, it still answers lookups. */
    @Test
    void full() throws Exception {
        try (Load load = new Load(product.http, MODEL)) {
            redisCommand("CONFIG", "SET", "maxmemory", "1");
            load.goOn(300);
            await("redis");
            long before = tier("puts");
            redisCommand("CONFIG", "SET", "maxmemory", "0");
            await(() -> tier("puts") > before);
            assertThat(load.failures()).isEmpty();
        }
    }

    private interface Action {
        void run() throws Exception;
    }

    private void whileSick(Action fallSick, Action recover) throws Exception {
        await("redis");
        try (Load load = new Load(product.http, MODEL)) {
            load.goOn(50);
            fallSick.run();
            try {
                load.goOn(300);
                await("sqlite");
                assertThat(product.http
                                .delete("/api/cache?tag=nobody-has-it")
                                .json()
                                .path("pending")
                                .toString())
                        .isEqualTo("[\"redis\"]");
            } finally {
                recover.run();
            }
            await("redis");
            load.goOn(50);
            assertThat(load.failures()).isEmpty();
        }
    }

    /** Waits until a tier answers. On a busy machine a lookup can take longer than it may, and then the next one has to do. */
    private void await(String tier) {
        await(() -> {
            product.http.delete("/api/cache?tier=memory");
            Reply reply = product.http.post("/api/generate", ASK);
            return reply.header("X-Cache").equals("HIT")
                    && reply.header("X-Cache-Tier").equals(tier);
        });
    }

    private static void await(java.util.function.BooleanSupplier condition) {
        Instant end = Instant.now().plus(RECOVERY);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("it did not come back");
            }
            Product.pause();
        }
    }

    private long tier(String count) {
        for (JsonNode tier : product.http.get("/api/stats").json().at("/cache/tiers")) {
            if (tier.path("name").asText().equals("redis")) {
                return tier.path(count).asLong();
            }
        }
        throw new AssertionError("no redis tier");
    }

    private RedisServer startRedis() throws IOException {
        RedisServer server = RedisServer.newRedisServer()
                .port(redisPort)
                .setting("save \"\"")
                .build();
        server.start();
        return server;
    }

    private void signal(String name) throws IOException, InterruptedException {
        ProcessHandle process = ProcessHandle.current()
                .children()
                .filter(child -> child.info()
                        .arguments()
                        .map(Arrays::toString)
                        .orElse(child.info().commandLine().orElse(""))
                        .contains(String.valueOf(redisPort)))
                .findFirst()
                .or(() -> ProcessHandle.current()
                        .children()
                        .filter(child -> child.info().command().orElse("").contains("redis"))
                        .findFirst())
                .orElseThrow();
        assertThat(new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    private void redisCommand(String... words) throws IOException {
        try (java.net.Socket socket = new java.net.Socket(java.net.InetAddress.getLoopbackAddress(), redisPort)) {
            socket.getOutputStream().write((String.join(" ", words) + "\r\n").getBytes());
            byte[] reply = new byte[64];
            int length = socket.getInputStream().read(reply);
            assertThat(new String(reply, 0, length)).startsWith("+OK");
        }
    }
}
