package ai.orchestrator.dist;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.dist.Http.Reply;
import ai.orchestrator.testkit.fakes.FakeOpenRouter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cache's file is saved, checked, brought back, and takes over the old service's, with the server running and without. */
class CacheArchiveIT {
    private static final String ASK =
            "{\"model\": \"openrouter/auto\", \"prompt\": \"question %d\", \"stream\": false}";

    /** The MD5 of {@code HelloTinyLlama/TinyLlama-1.1B-Chat-v1.00.72048}, from the contract. */
    private static final String HELLO = "274a0c2406153d81c432a72ea6aa95b0";

    private final FakeOpenRouter cloud = new FakeOpenRouter(0);
    private final String port = Integer.toString(Product.freePort());

    @TempDir
    private Path folder;

    private Path home;
    private Map<String, String> environment;

    @BeforeEach
    void prepare() {
        home = Product.home(folder.resolve("home"));
        environment = Map.of(
                "REDIS_URL",
                "",
                "PORT",
                port,
                "OPENROUTER_API_KEY",
                "sk-test-1",
                "OPENROUTER_BASE_URL",
                cloud.url().toString());
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    @Test
    void savesAndBringsBackWhileTheServerRuns() {
        Path backup = folder.resolve("mine.backup");
        try (Product product = Product.start(home, environment, port)) {
            for (int i = 0; i < 20; i++) {
                assertThat(ask(product, i).status()).isEqualTo(200);
            }
            assertThat(run("cache", "backup", backup.toString())).contains("20 answers saved to");
            assertThat(run("cache", "verify", backup.toString())).contains("20 answers sound in");
            assertThat(product.http
                            .post("/api/cache/backup", "{\"name\": \"by-api\", \"stream\": false}")
                            .json()
                            .path("entries")
                            .asInt())
                    .isEqualTo(20);
            assertThat(home.resolve("data/backups/by-api")).isRegularFile();

            product.http.delete("/api/cache");
            assertThat(ask(product, 21).header("X-Cache")).isEqualTo("MISS");
            assertThat(run("cache", "restore", backup.toString())).contains("20 answers restored from");

            Reply hit = ask(product, 7);
            assertThat(hit.header("X-Cache-Tier")).isEqualTo("sqlite");
            product.http.delete("/api/cache?tier=memory");
            assertThat(ask(product, 21).header("X-Cache"))
                    .as("not in the backup")
                    .isEqualTo("MISS");
            assertThat(home.resolve("data/backups"))
                    .isDirectoryNotContaining(
                            file -> file.getFileName().toString().startsWith("cli-"));
        }
    }

    @Test
    void aDamagedBackupReplacesNothing() throws Exception {
        Path backup = folder.resolve("mine.backup");
        try (Product product = Product.start(home, environment, port)) {
            ask(product, 1);
            run("cache", "backup", backup.toString());
            byte[] bytes = Files.readAllBytes(backup);
            java.util.Arrays.fill(bytes, bytes.length / 2, bytes.length, (byte) 0x5a);
            Files.write(backup, bytes);
            ask(product, 2);

            assertThat(Product.run(home, environment, "cache", "restore", backup.toString())
                            .exit())
                    .isEqualTo(1);
            product.http.delete("/api/cache?tier=memory");
            assertThat(ask(product, 2).header("X-Cache-Tier")).isEqualTo("sqlite");
        }
    }

    @Test
    void worksWithoutAServer() {
        Path backup = folder.resolve("mine.backup");
        try (Product product = Product.start(home, environment, port)) {
            ask(product, 1);
        }
        assertThat(run("cache", "backup", backup.toString())).contains("1 answers saved to");
        assertThat(run("cache", "restore", backup.toString())).contains("1 answers restored from");
        try (Product product = Product.start(home, environment, port)) {
            assertThat(ask(product, 1).header("X-Cache-Tier")).isEqualTo("sqlite");
        }
    }

    @Test
    void anOldClientGetsItsOldAnswer() throws Exception {
        Path old = folder.resolve("ai_cache.sqlite");
        try (Connection stillOpen = oldFile(old);
                Product product = Product.start(home, environment, port)) {
            assertThat(stillOpen.isClosed())
                    .as("its rows are in the log beside it, as a crash would leave them")
                    .isFalse();
            assertThat(run("cache", "import-legacy", old.toString()))
                    .contains("1 answers taken over", "1 were past their time", "1 are no answers");

            assertOldAnswer(product);
        }
    }

    @Test
    void theOldFileItselfMayBeNamed() throws Exception {
        Path old = home.resolve("data/ai_cache.sqlite");
        Files.createDirectories(old.getParent());
        oldFile(old).close();
        environment = new java.util.HashMap<>(environment);
        environment.put("SQLITE_PATH", "data/ai_cache.sqlite");
        environment.put("MAX_TOKENS", "8"); // the old key goes by the old service's default all the same
        try (Product product = Product.start(home, environment, port)) {
            assertOldAnswer(product);
            assertThat(product.http
                            .post("/api/chat", "{\"message\": \"Hello\", \"cache_bypass\": true}")
                            .json()
                            .path("cache_hit")
                            .asBoolean())
                    .isFalse();
        }
    }

    private static void assertOldAnswer(Product product) {
        Reply hello = product.http.post("/api/chat", "{\"message\": \"Hello\"}");
        assertThat(hello.json().path("response").asText()).isEqualTo("Good day from before");
        assertThat(hello.json().path("cache_hit").asBoolean()).isTrue();
        assertThat(hello.json().path("cache_source").asText()).isEqualTo("sqlite");
    }

    private static Connection oldFile(Path file) throws Exception {
        long now = Instant.now().getEpochSecond();
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("CREATE TABLE ai_cache(cache_key TEXT PRIMARY KEY, response_json TEXT NOT NULL,"
                    + " created_at INTEGER, expires_at INTEGER, hits INTEGER)");
            statement.execute("CREATE INDEX idx_expires ON ai_cache(expires_at)");
            String reply = "{\"response\": \"Good day from before\", \"conversation_id\": \"x\", \"timestamp\": \"t\","
                    + " \"cache_hit\": false, \"cache_source\": null}";
            insert(connection, HELLO, reply, now - 1000, now + 10_000);
            insert(connection, "a".repeat(32), reply, now - 1000, now - 10);
            insert(connection, "b".repeat(32), "no JSON", now - 1000, now + 10_000);
        }
        return connection;
    }

    private static void insert(Connection connection, String key, String json, long created, long expires)
            throws Exception {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO ai_cache VALUES (?, ?, ?, ?, 0)")) {
            insert.setString(1, key);
            insert.setString(2, json);
            insert.setLong(3, created);
            insert.setLong(4, expires);
            insert.executeUpdate();
        }
    }

    private String run(String... arguments) {
        Product.Outcome outcome = Product.run(home, environment, arguments);
        assertThat(outcome.exit()).as(outcome.output()).isZero();
        return outcome.output();
    }

    private static Reply ask(Product product, int number) {
        return product.http.post("/api/generate", ASK.formatted(number));
    }
}
