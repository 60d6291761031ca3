package ai.orchestrator.server.orchestration;

import ai.orchestrator.plugin.cache.DurableCacheTier.Contents;
import ai.orchestrator.plugin.cache.DurableCacheTier.Imported;
import ai.orchestrator.plugin.cache.DurableCacheTier.Progress;
import java.nio.file.Path;

/**
 * The stored answers that outlive the process, as a file that can be saved and brought back while requests are answered. One piece of work
 * at a time; what goes wrong is a {@link ai.orchestrator.plugin.PluginFailure}.
 */
public interface CacheArchive {
    /** Writes all unexpired entries of this moment to a new file, whole or not at all. */
    Contents backup(Path target, Progress progress);

    /** Reads a backup from end to end and counts what is damaged. */
    Contents verify(Path source, Progress progress);

    /** Puts a backup's entries in place of all that are stored, once all of it has been read and is sound. */
    Contents restore(Path source, Progress progress);

    /** Takes over the older service's answers from its file. */
    Imported importLegacy(Path source, Progress progress);
}
