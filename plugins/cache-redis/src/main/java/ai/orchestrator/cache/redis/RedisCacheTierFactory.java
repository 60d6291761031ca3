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
 * Makes {@code redis} tiers. Settings: {@code url}, such as {@code redis://user:password@host:6379/0},
 * {@code redis-sentinel://host,host/0?master=NAME} or {@code redis-cluster://host,host}, each with {@code rediss} for TLS, switched off
 * where it is absent; {@code sentinel_user} and {@code sentinel_password} for the Sentinels' own login; {@code ttl} (1h), how long an
 * entry lives where no rule says otherwise; {@code deadline} (30ms) for a lookup and {@code slow} (10ms), from when on one counts as
 * slow; {@code timeout} (250ms) for making a connection and for every other call; {@code pool_size} (8) connections to each server;
 * {@code prefix} ({@code orchestrator:}) of every key.
 */
@Extension
public final class RedisCacheTierFactory implements CacheTierFactory {
    private static final Duration DEFAULT_TTL = Duration.ofHours(1);
    private static final Duration DEFAULT_TIMEOUT = Duration.ofMillis(250);
    private static final Duration MAX_TIMEOUT = Duration.ofMinutes(1);
    private static final Duration DEFAULT_DEADLINE = Duration.ofMillis(30);
    private static final Duration DEFAULT_SLOW = Duration.ofMillis(10);

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
        RedisLimits limits = limits(settings);
        String prefix = settings.text("prefix", "orchestrator:");
        RedisLogin sentinelLogin =
                new RedisLogin(settings.optionalText("sentinel_user"), settings.optionalText("sentinel_password"));
        Optional<RedisAddress> address = settings.optionalText("url").map(url -> RedisUrl.parse(url, sentinelLogin));
        if (address.isEmpty()) {
            return new SwitchedOffTier(ttl);
        }
        if (address.get().kind() == RedisAddress.Kind.CLUSTER && prefix.matches(".*[{}].*")) {
            throw new InvalidSettingException(
                    "prefix", "expected no braces: they would put all entries on one server of the cluster");
        }
        return RedisCacheTier.of(address.get(), limits, prefix, ttl);
    }

    private static RedisLimits limits(Settings settings) {
        Duration timeout = upTo(settings, "timeout", DEFAULT_TIMEOUT, MAX_TIMEOUT, "1m");
        Duration deadline = upTo(settings, "deadline", shorter(DEFAULT_DEADLINE, timeout), timeout, "the timeout");
        Duration slow = upTo(settings, "slow", shorter(DEFAULT_SLOW, deadline), deadline, "the deadline");
        return new RedisLimits(deadline, slow, timeout, (int) settings.number("pool_size", 8, 1, 1000));
    }

    private static Duration upTo(Settings settings, String name, Duration fallback, Duration most, String mostText) {
        Duration duration = settings.duration(name, fallback);
        if (duration.isZero() || duration.compareTo(most) > 0) {
            throw new InvalidSettingException(name, "expected more than 0 and at most " + mostText);
        }
        return duration;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
