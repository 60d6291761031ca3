package ai.orchestrator.cache.sqlite;

import ai.orchestrator.plugin.InvalidSettingException;
import ai.orchestrator.plugin.PluginContext;
import ai.orchestrator.plugin.Settings;
import ai.orchestrator.plugin.cache.CacheTier;
import ai.orchestrator.plugin.cache.CacheTierFactory;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import org.pf4j.Extension;

/**
 * Makes {@code sqlite} tiers. Settings: {@code path} (data/cache.sqlite) of the file, created where it is absent; {@code ttl} (30d), how
 * long an entry lives where no rule says otherwise; {@code max_size} (10GB), what the file may take; {@code readers} (2), how many reads run
 * at once; {@code deadline} (50ms), how long a lookup may hold a request up; {@code slow} (20ms), from when on a lookup counts as slow.
 */
@Extension
public final class SqliteCacheTierFactory implements CacheTierFactory {
    private static final Duration DEFAULT_TTL = Duration.ofDays(30);
    private static final long DEFAULT_MAX_SIZE = 10L << 30;
    private static final Duration DEFAULT_DEADLINE = Duration.ofMillis(50);
    private static final Duration DEFAULT_SLOW = Duration.ofMillis(20);

    @Override
    public String kind() {
        return "sqlite";
    }

    @Override
    public CacheTier create(PluginContext context) {
        Settings settings = context.settings();
        Path path = path(context, settings.text("path", "data/cache.sqlite"));
        Duration ttl = positive(settings, "ttl", DEFAULT_TTL);
        long maxSize = settings.bytes("max_size", DEFAULT_MAX_SIZE);
        if (maxSize == 0) {
            throw new InvalidSettingException("max_size", "expected more than 0");
        }
        int readers = (int) settings.number("readers", 2, 1, 64);
        Duration deadline = positive(settings, "deadline", DEFAULT_DEADLINE);
        Duration slow = positive(settings, "slow", deadline.compareTo(DEFAULT_SLOW) < 0 ? deadline : DEFAULT_SLOW);
        if (slow.compareTo(deadline) > 0) {
            throw new InvalidSettingException("slow", "expected at most the deadline");
        }
        return new SqliteCacheTier(
                new FileKeeper(new CacheFile(path), readers, maxSize), new TierSettings(ttl, maxSize, deadline, slow));
    }

    private static Duration positive(Settings settings, String name, Duration fallback) {
        Duration value = settings.duration(name, fallback);
        if (value.isZero()) {
            throw new InvalidSettingException(name, "expected more than 0");
        }
        return value;
    }

    private static Path path(PluginContext context, String text) {
        // the driver would take what follows a question mark for settings of its own
        if (text.contains("?")) {
            throw new InvalidSettingException("path", "expected a file name without '?'");
        }
        try {
            return context.resolve(text).toAbsolutePath();
        } catch (InvalidPathException e) {
            throw new InvalidSettingException("path", "expected a file name");
        }
    }
}
