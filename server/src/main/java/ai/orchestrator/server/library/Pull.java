package ai.orchestrator.server.library;

import ai.orchestrator.server.download.BusyServer;
import ai.orchestrator.server.download.SourceFailure;
import ai.orchestrator.server.orchestration.LibraryFailure;
import ai.orchestrator.server.orchestration.LibraryProgress;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/** Gets models from registries. A model has its name only when every part of it is there and right. */
final class Pull {
    private static final int ATTEMPTS = 3;
    private static final Duration STEP = Duration.ofMillis(100);

    private final StoredModels models;
    private final Registries registries;
    private final BlobTransfers transfers;
    private final Predicate<StoredModel> canRun;
    private final Duration pause;

    /**
     * @param canRun whether this server can do anything with a model
     * @param pause how long to wait after a registry did not answer
     */
    Pull(
            StoredModels models,
            Registries registries,
            BlobTransfers transfers,
            Predicate<StoredModel> canRun,
            Duration pause) {
        this.models = models;
        this.registries = registries;
        this.transfers = transfers;
        this.canRun = canRun;
        this.pause = pause;
    }

    void run(StoredName wanted, LibraryProgress progress) {
        StoredName name = models.find(wanted.full()).map(StoredModel::name).orElse(wanted);
        RegistryConnection registry = registries.of(name);
        progress.status("pulling manifest");
        Optional<byte[]> bytes = manifest(registry, progress);
        if (bytes.isEmpty() && !name.equals(name.lowerCase())) {
            name = name.lowerCase();
            registry = registries.of(name);
            bytes = manifest(registry, progress);
        }
        run(name, bytes.orElseThrow(() -> unusable("file does not exist")), registry, progress);
    }

    private void run(StoredName name, byte[] bytes, RegistryConnection registry, LibraryProgress progress) {
        Manifest manifest = parse(bytes);
        try (StoredModels.Pin _ = models.pin(manifest.digests())) {
            requireSpace(manifest);
            for (Layer part : manifest.parts()) {
                transfers.fetch(part, registry, progress);
            }
            // each sum was taken while the file was written
            progress.status("verifying sha256 digest");
            if (!canRun.test(models.read(name, bytes))) {
                throw new LibraryFailure(LibraryFailure.Kind.FAILED, "this server cannot run this remote model");
            }
            progress.status("writing manifest");
            if (models.put(name, bytes)) {
                progress.status("removing unused layers");
            }
        } catch (LibraryFailure e) {
            if (e.kind() != LibraryFailure.Kind.BROKEN_OFF) {
                removeWhole(manifest);
            }
            throw e;
        }
        progress.status("success");
    }

    /** What arrived of a model that is none is of no use; after a mere break it is gone on with. */
    private void removeWhole(Manifest manifest) {
        manifest.parts().stream().map(Layer::digest).filter(models.blobs()::has).forEach(models::removeUnused);
    }

    private Optional<byte[]> manifest(RegistryConnection registry, LibraryProgress progress) {
        for (int attempt = 1; ; attempt++) {
            Duration rest;
            try {
                return registry.manifest();
            } catch (SourceFailure e) {
                throw unusable(e.getMessage());
            } catch (IOException e) {
                progress.nothingNew();
                if (attempt == ATTEMPTS) {
                    throw unusable(new SourceFailure("the registry does not answer", e).getMessage());
                }
                rest = BusyServer.after(e, pause.multipliedBy(attempt));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw unusable("the server stops");
            }
            sleep(rest, progress);
        }
    }

    private static Manifest parse(byte[] bytes) {
        Manifest manifest;
        try {
            manifest = Manifest.parse(bytes);
        } catch (MalformedManifestException e) {
            throw unusable(e.getMessage());
        }
        if (!manifest.of(MediaTypes.TENSOR).isEmpty()) {
            throw unusable("the model is stored as safetensors, and this server runs GGUF files");
        }
        if (manifest.of(MediaTypes.WEIGHTS).stream()
                        .map(Layer::digest)
                        .distinct()
                        .count()
                > 1) {
            throw unusable("the model is split into several files; a model can be created from all of them");
        }
        return manifest;
    }

    private void requireSpace(Manifest manifest) {
        try {
            models.blobs().prepare();
            long needed = manifest.parts().stream()
                    .filter(part -> !models.blobs().has(part.digest()))
                    .mapToLong(part -> Math.max(0, part.size() - models.blobs().arrived(part.digest())))
                    .sum();
            long free = models.blobs().free();
            if (needed > free) {
                throw new LibraryFailure(
                        LibraryFailure.Kind.FAILED,
                        "the model needs " + needed + " bytes on disk, and " + free + " are free");
            }
        } catch (IOException e) {
            throw BlobFolder.failed("the model library cannot be used", e);
        }
    }

    private static void sleep(Duration time, LibraryProgress progress) {
        long end = System.nanoTime() + time.toNanos();
        try {
            for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
                Thread.sleep(Duration.ofNanos(Math.min(left, STEP.toNanos())));
                progress.nothingNew();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unusable("the server stops");
        }
    }

    private static LibraryFailure unusable(String reason) {
        return new LibraryFailure(LibraryFailure.Kind.FAILED, "pull model manifest: " + reason);
    }
}
