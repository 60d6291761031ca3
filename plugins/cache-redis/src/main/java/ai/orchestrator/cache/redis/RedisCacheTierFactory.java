package ai.orchestrator.cache.redis;

import ai.orchestrator.plugin.InvalidSettingException;
import ai.orchestrator.plugin.PluginContext;
import ai.orchestrator.plugin.Settings;
import ai.orchestrator.plugin.cache.CacheTier;
import ai.orchestrator.plugin.cache.CacheTierFactory;
import java.time.Duration;
import java.util.Optional;
import org.pf4j.Extension;

/**
 * Makes {@code redis} tiers. Settings: {@code url}, such as {@code redis://user:password@host:6379/0} or {@code rediss://…} for TLS,
 * switched off where it is absent; {@code ttl} (1h), how long an entry lives where no rule says otherwise; {@code timeout} (250ms),
 * for a connection and for each answer; {@code pool_size} (8) connections; {@code prefix} ({@code orchestrator:}) of every key.
 */
@Extension
public final class RedisCacheTierFactory implements CacheTierFactory {
    private static final Duration DEFAULT_TTL = Duration.ofHours(1);
    private static final Duration DEFAULT_TIMEOUT = Duration.ofMillis(250);
    private static final Duration MAX_TIMEOUT = Duration.ofMinutes(1);

    @Override
    public String kind() {
        return "redis";
    }

    @Override
    public CacheTier create(PluginContext context) {
        Settings settings = context.settings();
        Duration ttl = settings.duration("ttl", DEFAULT_TTL);
        if (ttl.isZero()) {
            throw new InvalidSettingException("ttl", "expected more than 0");
        }
        Duration timeout = settings.duration("timeout", DEFAULT_TIMEOUT);
        if (timeout.isZero() || timeout.compareTo(MAX_TIMEOUT) > 0) {
            throw new InvalidSettingException("timeout", "expected more than 0 and at most 1m");
        }
        int poolSize = (int) settings.number("pool_size", 8, 1, 1000);
        RedisKeys keys = new RedisKeys(settings.text("prefix", "orchestrator:"));
        Optional<RedisAddress> address = settings.optionalText("url").map(RedisAddress::parse);
        return address.<CacheTier>map(redis -> new RedisCacheTier(new RedisCalls(redis, timeout, poolSize), keys, ttl))
                .orElseGet(() -> new SwitchedOffTier(ttl));
    }
}
