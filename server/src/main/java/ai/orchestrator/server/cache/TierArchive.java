package ai.orchestrator.server.cache;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.cache.CacheEntry;
import ai.orchestrator.plugin.cache.CacheTier;
import ai.orchestrator.plugin.cache.DurableCacheTier;
import ai.orchestrator.plugin.cache.DurableCacheTier.Contents;
import ai.orchestrator.plugin.cache.DurableCacheTier.Imported;
import ai.orchestrator.plugin.cache.DurableCacheTier.Progress;
import ai.orchestrator.server.orchestration.CacheArchive;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** The archive of the first tier that has a file. */
public final class TierArchive implements CacheArchive {
    private final Optional<DurableCacheTier> tier;
    private final Semaphore idle = new Semaphore(1);

    /** @param tiers in the order in which they are asked */
    public TierArchive(List<CacheTier> tiers) {
        this.tier = tiers.stream()
                .filter(DurableCacheTier.class::isInstance)
                .map(DurableCacheTier.class::cast)
                .findFirst();
    }

    @Override
    public Contents backup(Path target, Progress progress) {
        if (Files.exists(target)) {
            throw new PluginFailure.Permanent(
                    FailureCode.INVALID_REQUEST, "there is already a file " + target.getFileName());
        }
        return alone(() -> durable().backup(target, progress));
    }

    @Override
    public Contents verify(Path source, Progress progress) {
        requireFile(source);
        return alone(() -> durable().verify(source, TierArchive::isSound, progress));
    }

    @Override
    public Contents restore(Path source, Progress progress) {
        requireFile(source);
        return alone(() -> durable().restore(source, TierArchive::isSound, progress));
    }

    @Override
    public Imported importLegacy(Path source, Progress progress) {
        requireFile(source);
        return alone(() -> durable().importOldReplies(source, OldReplies::isReadable, progress));
    }

    private static boolean isSound(CacheEntry entry) {
        return EntryCodec.isSound(entry.body());
    }

    private static void requireFile(Path source) {
        if (!Files.isRegularFile(source)) {
            throw new PluginFailure.Permanent(FailureCode.NOT_FOUND, "there is no file " + source.getFileName());
        }
    }

    private DurableCacheTier durable() {
        return tier.orElseThrow(() -> new PluginFailure.Permanent(
                FailureCode.UNSUPPORTED, "no tier of the cache keeps its entries in a file"));
    }

    private <T> T alone(Supplier<T> work) {
        if (!idle.tryAcquire()) {
            throw new PluginFailure.Retriable(
                    FailureCode.OVERLOADED, "another backup, check, restore or import is under way");
        }
        try {
            return work.get();
        } finally {
            idle.release();
        }
    }
}
