package ai.orchestrator.search.local;

import ai.orchestrator.plugin.InvalidSettingException;
import ai.orchestrator.plugin.PluginContext;
import ai.orchestrator.plugin.Settings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The plugin's part of the configuration.
 *
 * @param folder the operator's documents; need not exist yet
 * @param index where the Lucene index is kept; created if it does not exist
 * @param refresh how often the folder is looked through for changes, 100 ms to 1 day
 * @param maxFileSize in bytes, 1 KB to 64 MB; larger files are left out
 */
record LocalSearchSettings(Path folder, Path index, Duration refresh, int maxFileSize) {
    private static final Duration DEFAULT_REFRESH = Duration.ofSeconds(30);
    private static final Duration SHORTEST_REFRESH = Duration.ofMillis(100);
    private static final Duration LONGEST_REFRESH = Duration.ofDays(1);
    private static final int KILOBYTE = 1 << 10;
    private static final int MEGABYTE = 1 << 20;

    static LocalSearchSettings read(PluginContext context) {
        return new LocalSearchSettings(
                path(context, "folder", "data/documents"),
                path(context, "index", "data/search-index"),
                refresh(context.settings()),
                maxFileSize(context.settings()));
    }

    private static Path path(PluginContext context, String name, String fallback) {
        try {
            return context.resolve(context.settings().text(name, fallback));
        } catch (InvalidPathException e) {
            throw new InvalidSettingException(name, "expected a path");
        }
    }

    private static Duration refresh(Settings settings) {
        Duration refresh = settings.duration("refresh", DEFAULT_REFRESH);
        if (refresh.compareTo(SHORTEST_REFRESH) < 0 || refresh.compareTo(LONGEST_REFRESH) > 0) {
            throw new InvalidSettingException("refresh", "expected 100ms to 1d");
        }
        return refresh;
    }

    private static int maxFileSize(Settings settings) {
        long size = settings.bytes("max_file_size", 2L * MEGABYTE);
        if (size < KILOBYTE || size > 64L * MEGABYTE) {
            throw new InvalidSettingException("max_file_size", "expected 1KB to 64MB");
        }
        return (int) size;
    }
}
