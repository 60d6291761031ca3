package ai.orchestrator.server.library;

import ai.orchestrator.server.orchestration.LibraryFailure;
import ai.orchestrator.server.orchestration.LibraryProgress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The transfers that run. Whoever wants a blob that is on its way joins its transfer; one that nobody wants any more is stopped. */
final class BlobTransfers {
    private final BlobFolder blobs;
    private final Duration silence;
    private final Duration pause;
    private final Map<BlobDigest, BlobTransfer> running = new HashMap<>();

    /**
     * @param silence how long a server may send nothing
     * @param pause how long to wait before the first new attempt after a connection broke
     */
    BlobTransfers(BlobFolder blobs, Duration silence, Duration pause) {
        this.blobs = blobs;
        this.silence = silence;
        this.pause = pause;
    }

    /** Returns when the blob is there. */
    void fetch(Layer layer, RegistryConnection registry, LibraryProgress progress) {
        String status = "pulling " + layer.digest().brief();
        String digest = layer.digest().toString();
        if (blobs.size(layer.digest()).isPresent()) {
            requireSize(layer);
            progress.transferring(status, digest, layer.size(), layer.size());
            return;
        }
        BlobTransfer transfer = join(layer, registry);
        try {
            progress.transferring(status, digest, layer.size(), transfer.completed());
            long told = transfer.completed();
            while (!transfer.ended(progress)) {
                long completed = transfer.completed();
                // a file that is begun anew is told of again when it is as far as it was
                if (completed > told) {
                    progress.transferring(status, digest, layer.size(), completed);
                    told = completed;
                } else {
                    progress.nothingNew();
                }
            }
        } finally {
            leave(transfer);
        }
        transfer.result();
        requireSize(layer);
        progress.transferring(status, digest, layer.size(), layer.size());
    }

    private void requireSize(Layer layer) {
        blobs.size(layer.digest()).filter(size -> size != layer.size()).ifPresent(size -> {
            throw new LibraryFailure(
                    LibraryFailure.Kind.FAILED,
                    "layer " + layer.digest().brief() + " has " + size + " bytes instead of " + layer.size());
        });
    }

    private BlobTransfer join(Layer layer, RegistryConnection registry) {
        while (true) {
            BlobTransfer transfer;
            synchronized (running) {
                transfer = running.get(layer.digest());
                if (transfer == null) {
                    transfer = new BlobTransfer(layer, registry, blobs, silence, pause);
                    running.put(layer.digest(), transfer);
                    transfer.listeners = 1;
                    BlobTransfer begun = transfer;
                    begun.start(() -> ended(begun));
                    return begun;
                }
                if (transfer.listeners > 0) {
                    transfer.listeners++;
                    return transfer;
                }
            }
            // it is being stopped: its file is free only when it has ended
            transfer.await();
        }
    }

    private void leave(BlobTransfer transfer) {
        synchronized (running) {
            transfer.listeners--;
            if (transfer.listeners == 0) {
                transfer.stop();
            }
        }
    }

    private void ended(BlobTransfer transfer) {
        synchronized (running) {
            running.remove(transfer.digest(), transfer);
        }
    }
}
