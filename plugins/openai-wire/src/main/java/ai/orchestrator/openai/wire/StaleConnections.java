package ai.orchestrator.openai.wire;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Connection;
import okhttp3.Interceptor;
import okhttp3.Protocol;
import okhttp3.Response;

/**
 * Keeps calls off connections that the far side has closed while they were idle. The client itself looks only after ten seconds, which is longer
 * than many servers keep an idle connection, and does not repeat a request that is sent once. Here nothing of the request has been sent when the
 * closed connection is found, so that it can be sent on another one.
 */
final class StaleConnections {
    /** A look takes a millisecond, which under load would be more than all else. */
    private static final long SHORT_IDLE = Duration.ofMillis(20).toNanos();

    /** After so many looks in a row at connections that were open, those in steady use are not looked at any more. */
    private static final int TRUSTED = 20;

    private final AtomicInteger foundOpen = new AtomicInteger();

    /** Those that have carried a request, and when: a new one that is closed at once is no idle one, and would be closed at once again. */
    private final Map<Connection, Long> used = Collections.synchronizedMap(new WeakHashMap<>());

    /** A connection was found closed; it is not used again. */
    private static final class StaleConnection extends IOException {
        private static final long serialVersionUID = 1L;

        StaleConnection() {
            super("the far side has closed an idle connection");
        }
    }

    /** Makes a call again as long as it meets closed connections, of which the pool has but a few. */
    Response retry(Interceptor.Chain chain) throws IOException {
        while (true) {
            try {
                return chain.proceed(chain.request());
            } catch (StaleConnection e) {
                if (chain.call().isCanceled()) {
                    throw e;
                }
            }
        }
    }

    /** Looks at the connection before the request is written. HTTP/2 has a reader of its own, which takes a closed one out of the pool. */
    Response check(Interceptor.Chain chain) throws IOException {
        Connection connection = chain.connection();
        if (connection != null && connection.protocol() == Protocol.HTTP_1_1) {
            long now = System.nanoTime();
            Long last = used.put(connection, now);
            boolean steady = last != null && now - last < SHORT_IDLE && foundOpen.get() >= TRUSTED;
            if (last != null && !steady && isStale(connection)) {
                throw new StaleConnection();
            }
        }
        return chain.proceed(chain.request());
    }

    private boolean isStale(Connection connection) {
        boolean closed = isClosed(connection.socket());
        if (closed) {
            foundOpen.set(0);
        } else {
            foundOpen.incrementAndGet();
        }
        return closed;
    }

    /** Whether there is an end, or anything else, where no reply can have come yet. */
    private static boolean isClosed(Socket socket) {
        try {
            int patience = socket.getSoTimeout();
            try {
                socket.setSoTimeout(1);
                socket.getInputStream().read();
                return true;
            } finally {
                socket.setSoTimeout(patience);
            }
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
