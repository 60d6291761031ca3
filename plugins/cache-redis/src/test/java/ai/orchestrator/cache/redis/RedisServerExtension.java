package ai.orchestrator.cache.redis;

import ai.orchestrator.plugin.PluginContext;
import ai.orchestrator.plugin.Settings;
import ai.orchestrator.plugin.cache.CacheTier;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisClient;
import redis.embedded.RedisServer;
import redis.embedded.core.RedisServerBuilder;

/**
 * A real Redis on a free port of the loopback interface, for the tests of one class. It is the {@code redis-server} on the PATH, or else
 * the one that comes with the embedded-redis library.
 */
final class RedisServerExtension implements BeforeAllCallback, AfterAllCallback {
    private final int port = freePort();
    private final String[] options;
    private Optional<RedisServer> server = Optional.empty();

    /** @param options lines as in {@code redis.conf} */
    RedisServerExtension(String... options) {
        this.options = options;
    }

    int port() {
        return port;
    }

    String url() {
        return "redis://127.0.0.1:" + port;
    }

    void start() throws IOException {
        RedisServerBuilder builder = RedisServer.newRedisServer()
                .bind("127.0.0.1")
                .port(port)
                .setting("save \"\"")
                .setting("appendonly no");
        for (String option : options) {
            builder.setting(option);
        }
        onPath().ifPresent(binary -> builder.executableProvider(() -> binary));
        RedisServer started = builder.build();
        started.start();
        server = Optional.of(started);
    }

    void stop() throws IOException {
        if (server.isPresent()) {
            server.get().stop();
            server = Optional.empty();
        }
    }

    /** A client beside the tier's own. */
    RedisClient client() {
        return RedisClient.create("127.0.0.1", port);
    }

    /** For commands that the client has no method for. */
    void command(Protocol.Command command, String... arguments) {
        CommandArguments all = new CommandArguments(command);
        for (String argument : arguments) {
            all.add(argument);
        }
        try (RedisClient client = client()) {
            client.executeCommand(all);
        }
    }

    /** A tier of the plugin with this server as {@code url} unless the settings name another. */
    CacheTier tier(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(Map.of("url", url(), "timeout", "2s"));
        all.putAll(settings);
        return new RedisCacheTierFactory().create(new PluginContext("redis", Settings.of(all), Path.of(""), "test"));
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        start();
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        stop();
    }

    private static Optional<File> onPath() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> new File(folder, "redis-server"))
                .filter(File::canExecute)
                .findFirst();
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException("no free port", e);
        }
    }
}
