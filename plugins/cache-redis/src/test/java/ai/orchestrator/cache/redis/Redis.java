package ai.orchestrator.cache.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginContext;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.Settings;
import ai.orchestrator.plugin.cache.CacheEntry;
import ai.orchestrator.plugin.cache.CacheKey;
import ai.orchestrator.plugin.cache.CacheTier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisClient;

/** What the tests of tiers have in common. */
final class Redis {
    static final Duration LONG = Duration.ofHours(1);
    static final CacheKey KEY = new CacheKey(1, 2);
    static final CacheEntry ENTRY = entry("body", "m", "t");

    private Redis() {}

    /** A tier with much patience, unless the settings say otherwise. */
    static CacheTier tier(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(Map.of("timeout", "2s", "deadline", "2s"));
        all.putAll(settings);
        return new RedisCacheTierFactory().create(new PluginContext("redis", Settings.of(all), Path.of(""), "test"));
    }

    static CacheEntry entry(String body, String model, String... tags) {
        return new CacheEntry(body.getBytes(StandardCharsets.UTF_8), Instant.EPOCH, model, "", Set.of(tags));
    }

    static RedisClient client(int port) {
        return RedisClient.create("127.0.0.1", port);
    }

    static HostAndPort local(int port) {
        return new HostAndPort("127.0.0.1", port);
    }

    static Object command(int port, Protocol.Command command, String... arguments) {
        CommandArguments all = new CommandArguments(command);
        for (String argument : arguments) {
            all.add(argument);
        }
        try (RedisClient client = client(port)) {
            return client.executeCommand(all);
        }
    }

    /** What there is under a key, as far as the tier can tell. */
    static Optional<CacheEntry> lookUp(CacheTier tier, CacheKey key) {
        try {
            return tier.get(key);
        } catch (PluginFailure e) {
            return Optional.empty();
        }
    }

    /** True if a call does not fail. */
    static boolean succeeds(Runnable call) {
        try {
            call.run();
            return true;
        } catch (PluginFailure e) {
            return false;
        }
    }

    /** What a call fails with, which is nothing but a {@link PluginFailure} of this code. */
    static PluginFailure failure(FailureCode code, Runnable call) {
        Throwable thrown = catchThrowable(call::run);
        assertThat(thrown).isInstanceOf(PluginFailure.class);
        PluginFailure failure = (PluginFailure) thrown;
        assertThat(failure.code()).as(failure.getMessage()).isEqualTo(code);
        return failure;
    }
}
