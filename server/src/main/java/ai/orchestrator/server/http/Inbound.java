package ai.orchestrator.server.http;

import io.helidon.common.buffers.DataReader;
import io.helidon.webserver.CloseConnectionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
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
    private @Nullable FutureTask<byte @Nullable []> ahead;
    private boolean ended;

    Inbound(DataReader socket) {
        this.socket = socket;
    }

    /** The next bytes, waiting for them; null at the end. */
    @Override
    public byte @Nullable [] get() {
        if (ended) {
            return null;
        }
        if (ahead == null) {
            return read();
        }
        FutureTask<byte @Nullable []> begun = ahead;
        ahead = null;
        return result(begun);
    }

    /** Reads no more: what comes next could be anything. */
    void end() {
        ended = true;
    }

    /** Whether the client has closed its side or is gone; does not wait. */
    boolean isClosed() {
        if (ahead == null) {
            ahead = new FutureTask<>(this::read);
            Thread.ofVirtual().name("read-ahead").start(ahead);
        }
        if (!ahead.isDone()) {
            return false;
        }
        return ahead.state() != FutureTask.State.SUCCESS || ahead.resultNow() == null;
    }

    private byte @Nullable [] read() {
        try {
            socket.ensureAvailable();
        } catch (DataReader.InsufficientDataAvailableException e) {
            return null;
        }
        return socket.readBytes(socket.available());
    }

    private static byte @Nullable [] result(FutureTask<byte @Nullable []> begun) {
        try {
            return begun.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure
                    ? failure
                    : new CloseConnectionException("a connection could not be read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CloseConnectionException("a connection is to end", e);
        }
    }
}
