package ai.orchestrator.server.http;

import io.helidon.common.buffers.DataReader;
import io.helidon.webserver.CloseConnectionException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the client of a connection sends, for the connection's thread. While a request is being answered, the next read can be made ahead of its
 * time: it tells whether the client has left, and what it brings is the beginning of the next request.
 */
final class Inbound implements Supplier<byte @Nullable []> {
    /** The connection that the current request came on. */
    static final ScopedValue<Inbound> CURRENT = ScopedValue.newInstance();

    private final DataReader socket;
    private final Duration patience;
    private @Nullable FutureTask<byte @Nullable []> ahead;
    private volatile Runnable whenClosed = () -> {};
    private boolean within;
    private boolean ended;

    /** @param patience how long the client may be silent in the middle of a request */
    Inbound(DataReader socket, Duration patience) {
        this.socket = socket;
        this.patience = patience;
    }

    /** The next bytes, waiting for them; null at the end. */
    @Override
    public byte @Nullable [] get() {
        if (ended) {
            return null;
        }
        if (ahead == null && !within) {
            return read();
        }
        FutureTask<byte @Nullable []> begun = begin();
        ahead = null;
        return result(begun);
    }

    /** Whether a request has begun to come and is not yet read to its end. */
    void within(boolean request) {
        within = request;
    }

    /** Reads no more: what comes next could be anything. */
    void end() {
        ended = true;
    }

    /** Whether the client has closed its side or is gone; does not wait. */
    boolean isClosed() {
        FutureTask<byte @Nullable []> next = begin();
        return next.isDone() && isEnd(next);
    }

    /** Has something run, on any thread, once the client has closed its side or is gone; in the place of what was to be run before. */
    void onClosed(Runnable action) {
        whenClosed = action;
        if (isClosed()) {
            action.run();
        }
    }

    private static boolean isEnd(FutureTask<byte @Nullable []> read) {
        return read.state() != FutureTask.State.SUCCESS || read.resultNow() == null;
    }

    private FutureTask<byte @Nullable []> begin() {
        if (ahead == null) {
            ahead = new FutureTask<byte @Nullable []>(this::read) {
                @Override
                protected void done() {
                    if (isEnd(this)) {
                        whenClosed.run();
                    }
                }
            };
            Thread.ofVirtual().name("read-ahead").start(ahead);
        }
        return ahead;
    }

    private byte @Nullable [] read() {
        try {
            socket.ensureAvailable();
        } catch (DataReader.InsufficientDataAvailableException e) {
            return null;
        }
        return socket.readBytes(socket.available());
    }

    private byte @Nullable [] result(FutureTask<byte @Nullable []> begun) {
        try {
            return within ? begun.get(patience.toMillis(), TimeUnit.MILLISECONDS) : begun.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure
                    ? failure
                    : new CloseConnectionException("a connection could not be read", e);
        } catch (TimeoutException e) {
            throw new CloseConnectionException("a client fell silent in the middle of a request", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CloseConnectionException("a connection is to end", e);
        }
    }
}
