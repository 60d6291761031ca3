package ai.orchestrator.plugin.cache;

import ai.orchestrator.plugin.PluginFailure;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A tier that outlives the process in a file, which can be saved and brought back while it is in use, and which takes over what the
 * older service stored. What these methods do may take minutes, and meanwhile lookups and writes go on. They fail by
 * {@link PluginFailure}, with a message for the operator that names no folder, and leave nothing half-done behind.
 */
public interface DurableCacheTier extends CacheTier {
    /** Is told how far the work is, from the thread that does it; may throw a {@link PluginFailure} to stop it. */
    @FunctionalInterface
    interface Progress {
        /** @param total what {@code done} grows to; an estimate */
        void at(long done, long total);
    }

    /**
     * What a file holds.
     *
     * @param entries the entries that have not expired
     * @param bytes their bodies' bytes together
     * @param unsound those among them that are damaged
     * @param oldReplies the older service's answers that have not expired
     */
    record Contents(long entries, long bytes, long unsound, long oldReplies) {}

    /**
     * What became of the older service's rows.
     *
     * @param imported rows that can be looked up now
     * @param expired rows that were past their time
     * @param unreadable rows that are no answers
     */
    record Imported(long imported, long expired, long unreadable) {}

    /** What the older service answered: the JSON text of its reply, and when that was. */
    record OldReply(String json, Instant createdAt) {}

    /**
     * Writes every unexpired entry of this moment to a new file, whole or not at all, and the older service's answers with them.
     *
     * @param target must not exist
     */
    Contents backup(Path target, Progress progress);

    /**
     * Reads a backup, or another file of this tier's, from end to end, and changes nothing. What is no such file is a failure.
     *
     * @param sound whether an entry is undamaged as far as the host can tell
     */
    Contents verify(Path source, Predicate<CacheEntry> sound, Progress progress);

    /**
     * Puts the entries of a backup in place of all that are here, once the whole backup has been read and is sound; a file with unsound
     * entries is refused. The file that was in use before is kept under another name.
     */
    Contents restore(Path source, Predicate<CacheEntry> sound, Progress progress);

    /**
     * Takes over the older service's answers from its file, which is only read. Those that are here already are replaced. What was taken
     * over before a failure stays; another call goes over all of them again.
     *
     * @param readable whether a reply's JSON text is an answer
     */
    Imported importOldReplies(Path source, Predicate<String> readable, Progress progress);

    /**
     * The older service's unexpired answer under a key of its own making, an MD5 digest too; empty where there is none, and after
     * {@link CacheSelector.All} was removed.
     */
    Optional<OldReply> oldReply(CacheKey oldKey);
}
