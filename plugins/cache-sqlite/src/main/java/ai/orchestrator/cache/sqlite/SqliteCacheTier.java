package ai.orchestrator.cache.sqlite;

import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.cache.CacheEntry;
import ai.orchestrator.plugin.cache.CacheKey;
import ai.orchestrator.plugin.cache.CacheSelector;
import ai.orchestrator.plugin.cache.CacheTier;
import ai.orchestrator.plugin.cache.TierUsage;
import java.time.Duration;
import java.util.Optional;

/** Entries in a file on this machine's disk. */
final class SqliteCacheTier implements CacheTier {
    /** So many entries are removed in one transaction, so that other writes get their turn between. */
    private static final int SLICE = 200;

    /** SQLite's limit for one value is a little higher. */
    private static final long MAX_ENTRY = 900L << 20;

    private final FileKeeper file;
    private final Duration defaultTtl;
    private final long maxSize;

    /** Starts the keeper, and closes it. */
    SqliteCacheTier(FileKeeper file, Duration defaultTtl, long maxSize) {
        this.file = file;
        this.defaultTtl = defaultTtl;
        this.maxSize = maxSize;
        file.start();
    }

    @Override
    public Reach reach() {
        return Reach.DISK;
    }

    @Override
    public Duration defaultTtl() {
        return defaultTtl;
    }

    @Override
    public Health health() {
        return file.health();
    }

    @Override
    public Optional<CacheEntry> get(CacheKey key) {
        return file.read(reader -> reader.find(key));
    }

    /** An entry that is larger than the whole cache is not kept, and neither is the one it was to replace. */
    @Override
    public void put(CacheKey key, CacheEntry entry, Duration ttl) {
        if (EntryWriter.size(entry) > Math.min(maxSize, MAX_ENTRY)) {
            remove(key);
            return;
        }
        file.write(writer -> {
            writer.put(key, entry, ttl);
            return true;
        });
    }

    @Override
    public boolean remove(CacheKey key) {
        return file.write(writer -> writer.remove(key).unexpired() > 0);
    }

    @Override
    public long removeAll(CacheSelector selector) {
        long upToId = file.write(EntryWriter::lastId);
        long removed = 0;
        EntryWriter.Deleted slice;
        do {
            slice = file.write(writer -> writer.removeSome(selector, upToId, SLICE));
            removed += slice.unexpired();
        } while (slice.entries() == SLICE);
        return removed;
    }

    @Override
    public TierUsage usage() {
        return file.usage();
    }

    @Override
    public void close() {
        file.close();
    }
}
