package ai.orchestrator.server.library;

import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models in the folder, by name. Changes are made one at a time, under a lock that is held over small writes and removals but never while a
 * file is being transferred; readers do not wait for it.
 */
final class StoredModels {
    private static final Logger LOG = LoggerFactory.getLogger(StoredModels.class);

    private final ManifestFolder manifests;
    private final BlobFolder blobs;
    private final StoredModelReader reader;
    private final ReentrantLock changing = new ReentrantLock();
    private final Map<BlobDigest, Integer> pins = new HashMap<>();
    private final Set<StoredName> told = new HashSet<>();
    private volatile Map<String, StoredModel> models = Map.of();

    private volatile List<ManifestFolder.Stamp> stamps = List.of();

    /** Models whose manifests cannot be used still need their files. */
    private volatile Set<BlobDigest> unreadable = Set.of();

    StoredModels(ManifestFolder manifests, BlobFolder blobs) {
        this.manifests = manifests;
        this.blobs = blobs;
        this.reader = new StoredModelReader(blobs);
    }

    BlobFolder blobs() {
        return blobs;
    }

    ManifestFolder manifests() {
        return manifests;
    }

    Collection<StoredModel> all() {
        return models.values();
    }

    /** The model of a full name. */
    Optional<StoredModel> find(String full) {
        return Optional.ofNullable(models.get(full));
    }

    /** Reads the folders anew if they show that another process has changed them. */
    boolean refreshIfChanged() {
        try {
            if (manifests.stamps().equals(stamps)) {
                return false;
            }
        } catch (IOException e) {
            // a file may go while it is looked at
            LOG.debug("The model library cannot be looked at: {}", e.getMessage());
            return false;
        }
        refresh();
        return true;
    }

    /** Reads the folders anew. Models that cannot be used are left out and logged once. */
    void refresh() {
        changing.lock();
        try {
            List<ManifestFolder.Stamp> seen = manifests.stamps();
            Map<String, StoredModel> found = new LinkedHashMap<>();
            Set<BlobDigest> kept = new HashSet<>();
            for (ManifestFolder.Entry entry : manifests.all()) {
                try {
                    StoredModel known = models.get(entry.name().full());
                    StoredModel model = known != null && isSame(known, entry) ? known : reader.read(entry);
                    found.putIfAbsent(model.full(), model);
                } catch (IOException e) {
                    kept.addAll(digests(entry));
                    if (told.add(entry.name())) {
                        LOG.warn("{} is not offered: {}", entry.name().full(), e.getMessage());
                    }
                }
            }
            models = Collections.unmodifiableMap(found);
            unreadable = Set.copyOf(kept);
            stamps = seen;
        } catch (IOException e) {
            throw BlobFolder.failed("the model library cannot be read", e);
        } finally {
            changing.unlock();
        }
    }

    /** Checks that a manifest and the parts that are there by now make a model, before it gets its name. */
    StoredModel read(StoredName name, byte[] manifest) {
        try {
            return reader.read(new ManifestFolder.Entry(name, manifest, Instant.now()));
        } catch (IOException e) {
            throw BlobFolder.failed("this is not a model", e);
        }
    }

    /**
     * Gives a model its name, in place of the one that has it.
     *
     * @return whether parts of the one before were removed
     */
    boolean put(StoredName name, byte[] manifest) {
        changing.lock();
        try {
            Optional<StoredModel> before = find(name.full());
            try {
                manifests.write(before.map(StoredModel::name).orElse(name), manifest);
            } catch (IOException e) {
                throw BlobFolder.failed("the manifest cannot be written", e);
            }
            told.remove(name);
            refresh();
            return before.isPresent() && removeUnused(before.get().manifest().digests());
        } finally {
            changing.unlock();
        }
    }

    /** Takes a model's name away, and removes the parts that nothing else needs. */
    void remove(StoredModel model) {
        changing.lock();
        try {
            manifests.remove(model.name());
            refresh();
            removeUnused(model.manifest().digests());
        } catch (IOException e) {
            throw BlobFolder.failed("the model cannot be removed", e);
        } finally {
            changing.unlock();
        }
    }

    /** Keeps blobs from being removed until the pin is closed, whether they are there yet or not. */
    Pin pin(Collection<BlobDigest> digests) {
        Set<BlobDigest> pinned = Set.copyOf(digests);
        changing.lock();
        try {
            pinned.forEach(digest -> pins.merge(digest, 1, Integer::sum));
        } finally {
            changing.unlock();
        }
        return new Pin(pinned);
    }

    /** Removes a blob unless something needs it. */
    void removeUnused(BlobDigest digest) {
        changing.lock();
        try {
            removeUnused(List.of(digest));
        } finally {
            changing.unlock();
        }
    }

    /** Every blob that a manifest names. */
    Set<BlobDigest> used() {
        return Stream.concat(
                        models.values().stream().flatMap(model -> model.manifest().digests().stream()),
                        unreadable.stream())
                .collect(Collectors.toSet());
    }

    private boolean removeUnused(Collection<BlobDigest> candidates) {
        Set<BlobDigest> used = used();
        boolean removed = false;
        for (BlobDigest digest : candidates) {
            if (!used.contains(digest) && !pins.containsKey(digest)) {
                removed |= blobs.has(digest);
                blobs.remove(digest);
            }
        }
        return removed;
    }

    private boolean isSame(StoredModel known, ManifestFolder.Entry entry) {
        return known.name().equals(entry.name())
                && known.modifiedAt().equals(entry.modifiedAt())
                && known.digest().equals(BlobDigest.of(entry.bytes()).hex())
                && known.manifest().digests().stream().allMatch(blobs::has);
    }

    private static Set<BlobDigest> digests(ManifestFolder.Entry entry) {
        try {
            return Manifest.parse(entry.bytes()).digests();
        } catch (MalformedManifestException e) {
            return Set.of();
        }
    }

    /** Blobs that are needed for a while. */
    final class Pin implements AutoCloseable {
        private final Set<BlobDigest> pinned;

        private Pin(Set<BlobDigest> pinned) {
            this.pinned = pinned;
        }

        @Override
        public void close() {
            changing.lock();
            try {
                pinned.forEach(digest -> pins.computeIfPresent(digest, (d, count) -> count == 1 ? null : count - 1));
            } finally {
                changing.unlock();
            }
        }
    }
}
