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
 * long an entry lives where no rule says otherwise; {@code max_size} (10GB), what all entries together may take;
 * {@code readers} (2), how many reads run at once.
 */
@Extension
public final class SqliteCacheTierFactory implements CacheTierFactory {
    private static final Duration DEFAULT_TTL = Duration.ofDays(30);
    private static final long DEFAULT_MAX_SIZE = 10L << 30;

    @Override
    public String kind() {
        return "sqlite";
    }

    @Override
    public CacheTier create(PluginContext context) {
        Settings settings = context.settings();
        Path path = path(context, settings.text("path", "data/cache.sqlite"));
        Duration ttl = settings.duration("ttl", DEFAULT_TTL);
        if (ttl.isZero()) {
            throw new InvalidSettingException("ttl", "expected more than 0");
        }
        long maxSize = settings.bytes("max_size", DEFAULT_MAX_SIZE);
        if (maxSize == 0) {
            throw new InvalidSettingException("max_size", "expected more than 0");
        }
        int readers = (int) settings.number("readers", 2, 1, 64);
        return new SqliteCacheTier(new FileKeeper(new CacheFile(path), readers, maxSize), ttl, maxSize);
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
