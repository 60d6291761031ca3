package ai.orchestrator.search.local;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for changes in folders, as far as the operating system tells of them; it need not, of a network's drive for one. One thread adds and
 * waits, any may close.
 */
final class FolderWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);

    /** Who writes one file often writes the next at once. */
    private static final Duration QUIET = Duration.ofMillis(300);

    /** Somebody who never stops writing is not waited for any longer than this. */
    private static final Duration LONGEST_UNREST = Duration.ofSeconds(3);

    private final @Nullable WatchService service;
    private final CountDownLatch closed = new CountDownLatch(1);
    private boolean complained;
    private boolean news;

    FolderWatch() {
        this.service = service();
    }

    private static @Nullable WatchService service() {
        try {
            return FileSystems.getDefault().newWatchService();
        } catch (IOException | UnsupportedOperationException e) {
            LOG.warn("folders cannot be watched, and are looked through at times instead: {}", e.getMessage());
            return null;
        }
    }

    /** Watches a folder, but not those in it. Adding it once more changes nothing. */
    void add(Path folder) {
        if (service == null) {
            return;
        }
        try {
            folder.register(
                    service,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_MODIFY,
                    StandardWatchEventKinds.ENTRY_DELETE);
        } catch (IOException e) {
            if (!complained) {
                complained = true;
                LOG.warn("not every folder can be watched; they are looked through at times: {}", e.getMessage());
            }
        } catch (ClosedWatchServiceException e) {
            LOG.trace("closed while a folder was added", e);
        }
    }

    /** Whether something has changed since the last wait. */
    boolean hasNews() {
        try {
            WatchKey changed = service == null || news ? null : service.poll();
            if (changed != null) {
                news = true;
                changed.pollEvents();
                changed.reset();
            }
        } catch (ClosedWatchServiceException e) {
            LOG.trace("closed while looking", e);
        }
        return news;
    }

    /** Waits until something has changed and it has become quiet again, at most as long as given; false once it is closed. */
    boolean await(Duration most) throws InterruptedException {
        if (service == null) {
            return !closed.await(most.toNanos(), TimeUnit.NANOSECONDS);
        }
        try {
            WatchKey changed = service.poll(news ? QUIET.toNanos() : most.toNanos(), TimeUnit.NANOSECONDS);
            news = false;
            long end = System.nanoTime() + LONGEST_UNREST.toNanos();
            while (changed != null) {
                changed.pollEvents();
                changed.reset();
                changed = System.nanoTime() < end ? service.poll(QUIET.toNanos(), TimeUnit.NANOSECONDS) : null;
            }
        } catch (ClosedWatchServiceException e) {
            LOG.trace("closed while waiting", e);
        }
        return closed.getCount() > 0;
    }

    @Override
    public void close() {
        closed.countDown();
        if (service != null) {
            try {
                service.close();
            } catch (IOException e) {
                LOG.debug("the watching of folders could not be ended", e);
            }
        }
    }
}
