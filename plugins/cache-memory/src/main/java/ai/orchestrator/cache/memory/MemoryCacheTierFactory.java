package ai.orchestrator.cache.memory;

import ai.orchestrator.plugin.InvalidSettingException;
import ai.orchestrator.plugin.PluginContext;
import ai.orchestrator.plugin.Settings;
import ai.orchestrator.plugin.cache.CacheTier;
import ai.orchestrator.plugin.cache.CacheTierFactory;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import org.pf4j.Extension;

/**
 * Makes {@code memory} tiers. Settings: {@code max_size} (256MB), what all entries together may take, and {@code ttl} (60s),
 * how long an entry lives where no rule says otherwise.
 */
@Extension
public final class MemoryCacheTierFactory implements CacheTierFactory {
    private static final long DEFAULT_MAX_SIZE = 256L << 20;
    private static final Duration DEFAULT_TTL = Duration.ofSeconds(60);

    @Override
    public String kind() {
        return "memory";
    }

    @Override
    public CacheTier create(PluginContext context) {
        Settings settings = context.settings();
        long maxSize = settings.bytes("max_size", DEFAULT_MAX_SIZE);
        if (maxSize == 0) {
            throw new InvalidSettingException("max_size", "expected more than 0");
        }
        Duration ttl = settings.duration("ttl", DEFAULT_TTL);
        if (ttl.isZero()) {
            throw new InvalidSettingException("ttl", "expected more than 0");
        }
        return new MemoryCacheTier(maxSize, ttl, Ticker.systemTicker());
    }
}
