package ai.orchestrator.cache.redis;

import ai.orchestrator.plugin.cache.CacheTier;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisClient;

/** A real Redis for the tests of one class, or for as long as one test likes. */
final class RedisServerExtension implements BeforeAllCallback, AfterAllCallback {
    private final int port = RedisProcess.freePort();
    private final List<String> options;
    private Optional<RedisProcess> server = Optional.empty();

    /** @param options lines as in {@code redis.conf} */
    RedisServerExtension(String... options) {
        this.options = List.of(options);
    }

    int port() {
        return port;
    }

    String url() {
        return "redis://127.0.0.1:" + port;
    }

    void start() throws IOException {
        server = Optional.of(RedisProcess.server(port, options));
    }

    void stop() {
        server.ifPresent(RedisProcess::close);
        server = Optional.empty();
    }

    void freeze() throws Exception {
        server.orElseThrow().freeze();
    }

    void thaw() throws Exception {
        server.orElseThrow().thaw();
    }

    /** A client beside the tier's own. */
    RedisClient client() {
        return RedisClient.create("127.0.0.1", port);
    }

    /** For commands that the client has no method for. */
    Object command(Protocol.Command command, String... arguments) {
        return Redis.command(port, command, arguments);
    }

    /** A tier of the plugin with this server as {@code url} unless the settings name another, and with much patience. */
    CacheTier tier(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(Map.of("url", url()));
        all.putAll(settings);
        return Redis.tier(all);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        start();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        stop();
    }
}
