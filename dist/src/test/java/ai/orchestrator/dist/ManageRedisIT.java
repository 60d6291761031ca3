package ai.orchestrator.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.embedded.RedisServer;
import redis.embedded.core.ExecutableProvider;

/** {@code manage.sh redis} with a real redis-server. */
class ManageRedisIT {
    @TempDir
    Path folder;

    private final int port = Product.freePort();
    private String url = "redis://127.0.0.1:" + port;

    @BeforeEach
    void putRedisOnThePath() throws IOException {
        Files.createDirectory(folder.resolve("bin"));
        Files.createSymbolicLink(
                folder.resolve("bin/redis-server"),
                ExecutableProvider.newJarResourceProvider().get().toPath());
    }

    @AfterEach
    void stop() throws Exception {
        manage(Map.of(), "redis", "stop");
    }

    @Test
    void startsARedisWithinItsMemoryAndStopsIt() throws Exception {
        Outcome started = manage(Map.of("REDIS_MAX_MEMORY_MB", "64"), "redis");
        assertThat(started.output()).contains("Redis runs: pid ", " with 64 MB and the policy allkeys-lru");
        assertThat(started.exit()).isZero();
        assertThat(memory()).contains("maxmemory:" + 64 * 1024 * 1024, "maxmemory_policy:allkeys-lru");

        assertThat(manage(Map.of(), "redis").output()).startsWith("Redis already runs: pid ");

        assertThat(manage(Map.of(), "redis", "stop").output()).endsWith(" has stopped.\n");
        assertThat(manage(Map.of(), "redis", "stop").output()).isEqualTo("No Redis runs that this script started.\n");
        assertThat(Files.exists(folder.resolve("data/redis.pid"))).isFalse();
        assertThat(Files.exists(folder.resolve("data/dump.rdb"))).isFalse();
    }

    @Test
    void takesTwoGigabytesAndTheFileOfSettings() throws Exception {
        Files.createDirectory(folder.resolve("config"));
        Files.writeString(folder.resolve("config/.env"), "#REDIS_URL=redis://no\nREDIS_URL=" + url + "/3\r\n");
        url = "";

        assertThat(manage(Map.of(), "redis").exit()).isZero();

        url = "redis://127.0.0.1:" + port;
        assertThat(memory()).contains("maxmemory:" + 2L * 1024 * 1024 * 1024);
    }

    @Test
    void leavesAnotherRedisAsItIs() throws Exception {
        RedisServer other = RedisServer.newRedisServer()
                .port(port)
                .setting("save \"\"")
                .setting("maxmemory-policy noeviction")
                .build();
        other.start();
        try {
            Outcome outcome = manage(Map.of(), "redis");

            assertThat(outcome.output()).startsWith("A Redis that this script did not start already answers at ");
            assertThat(outcome.exit()).isZero();
            manage(Map.of(), "redis", "stop");
            assertThat(memory()).contains("maxmemory:0", "maxmemory_policy:noeviction");
        } finally {
            other.stop();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "redis://:secret@127.0.0.1 | REDIS_URL holds a user or password, and a Redis that this script starts has none",
                "redis://example.org | REDIS_URL names a Redis that is not on this machine",
                "rediss://localhost | This script starts a single Redis without TLS only",
                "redis-sentinel://localhost?master=m | This script starts a single Redis without TLS only",
                "redis://localhost:x | REDIS_URL has no proper port",
            })
    void refusesWhatItCannotStart(String bad, String reason) throws Exception {
        url = bad;
        Outcome outcome = manage(Map.of(), "redis");

        assertThat(outcome.output()).startsWith(reason).doesNotContain("secret");
        assertThat(outcome.exit()).isOne();
    }

    private String memory() throws Exception {
        Process asked = new ProcessBuilder(
                        "curl",
                        "--noproxy",
                        "*",
                        "--silent",
                        "--max-time",
                        "5",
                        url.replace("redis", "dict") + "/INFO:memory")
                .redirectErrorStream(true)
                .start();
        return new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private Outcome manage(Map<String, String> environment, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(Path.of("manage.sh").toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        File log = folder.resolve("manage.log").toFile();
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log);
        builder.environment().put("ORCHESTRATOR_HOME", folder.toString());
        builder.environment().merge("PATH", "", (path, none) -> folder.resolve("bin") + File.pathSeparator + path);
        builder.environment().remove("REDIS_MAX_MEMORY_MB");
        builder.environment().remove("REDIS_URL");
        if (!url.isEmpty()) {
            builder.environment().put("REDIS_URL", url);
        }
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Outcome(process.exitValue(), Files.readString(log.toPath()));
    }

    private record Outcome(int exit, String output) {}
}
