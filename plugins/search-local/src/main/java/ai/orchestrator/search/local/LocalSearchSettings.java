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
 * @param refresh how often the folder is looked through for changes that the system did not tell of, 100 ms to 1 day
 * @param limits 1 KB to 64 MB each; larger files are left out
 */
record LocalSearchSettings(Path folder, Path index, Duration refresh, SizeLimits limits) {
    private static final Duration DEFAULT_REFRESH = Duration.ofSeconds(30);
    private static final Duration SHORTEST_REFRESH = Duration.ofMillis(100);
    private static final Duration LONGEST_REFRESH = Duration.ofDays(1);
    private static final int KILOBYTE = 1 << 10;
    private static final int MEGABYTE = 1 << 20;
    private static final long DEFAULT_FILE = 2L * MEGABYTE;
    private static final long DEFAULT_PDF = 20L * MEGABYTE;

    static LocalSearchSettings read(PluginContext context) {
        return new LocalSearchSettings(
                path(context, "folder", "data/documents"),
                path(context, "index", "data/search-index"),
                refresh(context.settings()),
                new SizeLimits(
                        size(context.settings(), "max_file_size", DEFAULT_FILE),
                        size(context.settings(), "max_pdf_size", DEFAULT_PDF)));
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

    private static int size(Settings settings, String name, long fallback) {
        long size = settings.bytes(name, fallback);
        if (size < KILOBYTE || size > 64L * MEGABYTE) {
            throw new InvalidSettingException(name, "expected 1KB to 64MB");
        }
        return (int) size;
    }
}
