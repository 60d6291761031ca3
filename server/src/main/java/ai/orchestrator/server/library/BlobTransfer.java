package ai.orchestrator.server.library;

import ai.orchestrator.server.download.BusyServer;
import ai.orchestrator.server.download.Expected;
import ai.orchestrator.server.download.FalseFile;
import ai.orchestrator.server.download.PartFile;
import ai.orchestrator.server.download.SourceFailure;
import ai.orchestrator.server.download.WebTransfer;
import ai.orchestrator.server.orchestration.LibraryFailure;
import ai.orchestrator.server.orchestration.LibraryProgress;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One blob on its way, on a thread of its own. What has arrived stays when it breaks off, and a later transfer goes on from there. */
final class BlobTransfer {
    private static final int FRUITLESS_ATTEMPTS = 5;
    private static final long TELL_EVERY_MILLIS = 100;

    private final Layer layer;
    private final RegistryConnection registry;
    private final BlobFolder blobs;
    private final Duration silence;
    private final Duration pause;
    private final CompletableFuture<Optional<LibraryFailure>> outcome = new CompletableFuture<>();
    private volatile long completed;
    private @Nullable Thread thread;

    /** How many wait for it; none once it is being stopped. Guarded by the transfers' map. */
    int listeners;

    BlobTransfer(Layer layer, RegistryConnection registry, BlobFolder blobs, Duration silence, Duration pause) {
        this.layer = layer;
        this.registry = registry;
        this.blobs = blobs;
        this.silence = silence;
        this.pause = pause;
    }

    BlobDigest digest() {
        return layer.digest();
    }

    long completed() {
        return completed;
    }

    /** @param whenEnded called before anybody who waits is told */
    void start(Runnable whenEnded) {
        thread = Thread.ofVirtual().name("pull-" + digest().brief()).start(() -> {
            Optional<LibraryFailure> failure = Optional.of(broken("the transfer was stopped"));
            try {
                failure = run();
            } finally {
                whenEnded.run();
                outcome.complete(failure);
            }
        });
    }

    void stop() {
        if (thread != null) {
            thread.interrupt();
        }
    }

    /** Waits a moment for the end. */
    boolean ended(LibraryProgress waiting) {
        try {
            outcome.get(TELL_EVERY_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            waiting.nothingNew();
            throw broken("the server stops");
        }
    }

    /** Waits for the end, however it is. */
    void await() {
        outcome.join();
    }

    /** After the end: fails as the transfer did. */
    void result() {
        outcome.join().ifPresent(failure -> {
            throw new LibraryFailure(failure.kind(), failure.getMessage(), failure);
        });
    }

    private Optional<LibraryFailure> run() {
        try {
            blobs.prepare();
            Expected expected = new Expected(OptionalLong.of(layer.size()), Optional.of(digest().hex()));
            try (PartFile part = open(expected)) {
                if (blobs.has(digest())) {
                    return Optional.empty();
                }
                completed = part.size();
                boolean goesOn = part.size() > 0;
                fetch(part);
                Optional<String> fault = part.fault();
                if (fault.isPresent() && goesOn) {
                    // what an earlier attempt left may be what is wrong
                    fetch(part);
                    fault = part.fault();
                }
                if (fault.isPresent()) {
                    throw new FalseFile("digest mismatch: the file " + fault.get());
                }
                part.moveTo(blobs.path(digest()));
            }
            return Optional.empty();
        } catch (FalseFile e) {
            return Optional.of(failed(e.getMessage()));
        } catch (SourceFailure e) {
            return Optional.of(broken(e.getMessage()));
        } catch (IOException e) {
            return Optional.of(broken(new SourceFailure("the transfer fails", e).getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(broken("the transfer was stopped"));
        }
    }

    /** Waits where another process is getting the same file into the same folder. */
    private PartFile open(Expected expected) throws SourceFailure, InterruptedException {
        while (true) {
            try {
                return PartFile.open(blobs.partial(digest()), expected, size -> completed = size);
            } catch (PartFile.InUse e) {
                Thread.sleep(TELL_EVERY_MILLIS);
            }
        }
    }

    private void fetch(PartFile part) throws IOException, SourceFailure, InterruptedException {
        WebTransfer transfer = new WebTransfer(registry, registry.blob(digest()), part, silence);
        long furthest = part.size();
        int fruitless = 0;
        while (true) {
            Duration rest;
            try {
                transfer.attempt();
                if (part.size() == layer.size()) {
                    return;
                }
                throw new IOException("the registry ends the file early");
            } catch (IOException e) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                fruitless = part.size() > furthest ? 0 : fruitless + 1;
                furthest = Math.max(furthest, part.size());
                if (fruitless == FRUITLESS_ATTEMPTS) {
                    throw e;
                }
                rest = BusyServer.after(e, pause.multipliedBy(1L << fruitless));
            }
            Thread.sleep(rest);
        }
    }

    private LibraryFailure failed(String reason) {
        return new LibraryFailure(LibraryFailure.Kind.FAILED, "layer " + digest().brief() + ": " + reason);
    }

    private LibraryFailure broken(String reason) {
        return new LibraryFailure(LibraryFailure.Kind.BROKEN_OFF, "layer " + digest().brief() + ": " + reason);
    }
}
