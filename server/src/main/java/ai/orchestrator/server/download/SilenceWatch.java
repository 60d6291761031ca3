package ai.orchestrator.server.download;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Closes a stream on which nothing has arrived for too long, so that whoever reads it does not wait for ever. */
final class SilenceWatch implements AutoCloseable {
    private final InputStream stream;
    private final Duration longest;
    private final Thread thread;
    private volatile long heardAt = System.nanoTime();
    private volatile boolean silent;

    SilenceWatch(InputStream stream, Duration longest) {
        this.stream = stream;
        this.longest = longest;
        thread = Thread.ofVirtual().start(this::watch);
    }

    void heard() {
        heardAt = System.nanoTime();
    }

    /** Tells an end by silence from an end of the data, which look the same to the reader of a closed stream. */
    void throwIfSilent() throws IOException {
        if (silent) {
            throw new IOException("nothing arrived for " + longest.toSeconds() + " s");
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void watch() {
        try {
            long left = longest.toNanos();
            while (left > 0) {
                Thread.sleep(Duration.ofNanos(left));
                left = longest.toNanos() - (System.nanoTime() - heardAt);
            }
            silent = true;
            stream.close();
        } catch (InterruptedException e) {
            // the stream has ended
        } catch (IOException e) {
            // it is closed as far as it can be
        }
    }
}
