package ai.orchestrator.cache.sqlite;

import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.cache.CacheEntry;
import ai.orchestrator.plugin.cache.CacheKey;
import ai.orchestrator.plugin.cache.CacheSelector;
import ai.orchestrator.plugin.cache.DurableCacheTier;
import ai.orchestrator.plugin.cache.NewEntry;
import ai.orchestrator.plugin.cache.TierUsage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Entries in a file on this machine's disk. */
final class SqliteCacheTier implements DurableCacheTier {
    /** SQLite's limit for one value is a little higher. */
    private static final long MAX_ENTRY = 900L << 20;

    private static final int PUT_TOGETHER = 256;
    private static final long PUT_TOGETHER_BYTES = 8 << 20;

    private final FileKeeper keeper;
    private final FileAccess file;
    private final Maintenance maintenance = new Maintenance();
    private final TierSettings settings;

    /** Starts the keeper, and closes it. */
    SqliteCacheTier(FileKeeper keeper, TierSettings settings) {
        this.keeper = keeper;
        this.file = keeper.access();
        this.settings = settings;
        keeper.start();
    }

    @Override
    public Reach reach() {
        return Reach.DISK;
    }

    @Override
    public Duration defaultTtl() {
        return settings.ttl();
    }

    @Override
    public Duration deadline() {
        return settings.deadline();
    }

    @Override
    public Duration slowLookup() {
        return settings.slow();
    }

    @Override
    public Health health() {
        return keeper.health();
    }

    @Override
    public Optional<CacheEntry> get(CacheKey key) {
        return file.read(reader -> reader.find(key), Optional.empty());
    }

    @Override
    public void put(CacheKey key, CacheEntry entry, Duration ttl) {
        putAll(List.of(new NewEntry(key, entry, ttl)));
    }

    /** An entry that is larger than the whole cache is not kept, and neither is the one it was to replace. */
    @Override
    public void putAll(List<NewEntry> entries) {
        List<NewRow> rows = new ArrayList<>();
        long bytes = 0;
        for (NewEntry entry : entries) {
            NewRow row = NewRow.of(entry);
            rows.add(row);
            bytes += row.size();
            if (rows.size() == PUT_TOGETHER || bytes > PUT_TOGETHER_BYTES) {
                put(rows, bytes);
                rows = new ArrayList<>();
                bytes = 0;
            }
        }
        if (!rows.isEmpty()) {
            put(rows, bytes);
        }
    }

    private void put(List<NewRow> rows, long bytes) {
        long most = Math.min(settings.maxSize(), MAX_ENTRY);
        file.write(bytes, writer -> {
            for (NewRow row : rows) {
                if (row.size() > most) {
                    writer.entries().remove(Statements.bytes(row.key()));
                } else {
                    writer.entries().put(row);
                }
            }
            return true;
        });
    }

    @Override
    public boolean remove(CacheKey key) {
        return file.write(
                0, writer -> writer.entries().remove(Statements.bytes(key)).unexpired() > 0);
    }

    @Override
    public boolean remove(CacheKey key, String scope) {
        return file.write(
                0,
                writer -> writer.entries().remove(Statements.bytes(key), scope).unexpired() > 0);
    }

    /** All entries are also all the answers of the older service's; those in its own table stay there, and are not served any more. */
    @Override
    public long removeAll(CacheSelector selector) {
        long upToId = file.write(0, writer -> writer.entries().lastId());
        return switch (selector) {
            case CacheSelector.InScope ofScope -> removeOfScope(ofScope, upToId);
            case CacheSelector.OfAnyScope ofAny -> removeOfAny(ofAny, upToId);
        };
    }

    private long removeOfScope(CacheSelector.InScope selector, long upToId) {
        long removed = 0;
        long afterId = 0;
        while (afterId < upToId) {
            long from = afterId;
            ScopedSlice slice = file.write(Slice.USUAL.bytes(), writer -> writer.entries()
                    .removeSomeOfScope(selector, from, upToId, Slice.USUAL));
            removed += slice.deleted().unexpired();
            afterId = slice.doneUpToId();
        }
        return removed;
    }

    private long removeOfAny(CacheSelector.OfAnyScope selector, long upToId) {
        long removed = removeSlices(writer -> writer.entries().removeSome(selector, upToId, Slice.USUAL));
        if (selector instanceof CacheSelector.All) {
            long upToOld = file.write(0, writer -> {
                writer.oldReplies().endOldTable();
                return writer.oldReplies().lastId();
            });
            removed += removeSlices(writer -> writer.oldReplies().removeSome(upToOld, Slice.USUAL));
        }
        return removed;
    }

    private long removeSlices(Write.Action<Deleted> removeSome) {
        long removed = 0;
        Deleted slice;
        do {
            slice = file.write(Slice.USUAL.bytes(), removeSome);
            removed += slice.unexpired();
        } while (slice.any());
        return removed;
    }

    @Override
    public TierUsage usage() {
        return keeper.usage();
    }

    @Override
    public Contents backup(Path target, Progress progress) {
        return maintenance.runAlone(progress, steps -> {
            file.requireUse();
            return new Backup(keeper.file().path(), new NamedFile(target), steps).write();
        });
    }

    @Override
    public Contents verify(Path source, Predicate<CacheEntry> sound, Progress progress) {
        return maintenance.run(progress, steps -> new Verification(new NamedFile(source), sound, steps).ofFile());
    }

    @Override
    public Contents restore(Path source, Predicate<CacheEntry> sound, Progress progress) {
        return maintenance.runAlone(progress, steps -> {
            file.requireUse();
            return new Restore(keeper.file(), new NamedFile(source), sound, steps).into(file);
        });
    }

    @Override
    public Imported importOldReplies(Path source, Predicate<String> readable, Progress progress) {
        return maintenance.runAlone(
                progress,
                steps -> new OldReplyImport(keeper.file(), new NamedFile(source), readable, steps).into(file));
    }

    @Override
    public Optional<OldReply> oldReply(CacheKey oldKey) {
        return file.read(reader -> reader.findOld(oldKey), Optional.empty());
    }

    @Override
    public void close() {
        maintenance.close();
        keeper.close();
    }
}
