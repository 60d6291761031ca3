package ai.orchestrator.server.download;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Reads a stream, and closes it if nothing arrives for too long, so that the reader does not wait for ever. */
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

    /** As {@link InputStream#read(byte[])}; an end by silence is a failure. */
    int read(byte[] buffer) throws IOException {
        try {
            int count = stream.read(buffer);
            heardAt = System.nanoTime();
            if (!silent) {
                return count;
            }
        } catch (IOException e) {
            if (!silent) {
                throw e;
            }
        }
        throw new IOException("nothing arrives for " + longest.toMillis() / 1000.0 + " s");
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
