package ai.orchestrator.server.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.common.task.InterruptableTask;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1Connection;
import io.helidon.webserver.http1.Http1ConnectionListener;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;

/** Helidon's HTTP/1.1 connections over an {@link Inbound} each: Helidon itself does not tell that a client has left until it writes to it. */
final class WatchedConnections implements ServerConnectionSelector {
    /** In bytes: what browsers send along for one site, cookies of its other ports among it, fits in. */
    private static final int MAX_HEADERS = 65_536;

    private final Http1ConnectionSelector http = Http1ConnectionSelector.builder()
            .config(Http1Config.builder()
                    .addReceiveListener(new RequestBegins())
                    .maxHeadersSize(MAX_HEADERS)
                    .build())
            .build();
    private final Duration patience;

    /** @param patience how long a client may be silent in the middle of a request */
    WatchedConnections(Duration patience) {
        this.patience = patience;
    }

    @Override
    public int bytesToIdentifyConnection() {
        return http.bytesToIdentifyConnection();
    }

    @Override
    public Support supports(BufferData data) {
        return http.supports(data);
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return http.supportedApplicationProtocols();
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        Inbound inbound = new Inbound(context.dataReader(), patience);
        ServerConnection connection = http.connection(new Context(context, DataReader.create(inbound)));
        return new Connection((Http1Connection) connection, inbound);
    }

    private static final class RequestBegins implements Http1ConnectionListener {
        @Override
        public void prologue(ConnectionContext context, HttpPrologue prologue) {
            Inbound.CURRENT.get().within(true);
        }
    }

    private record Connection(Http1Connection http, Inbound inbound)
            implements ServerConnection, InterruptableTask<Void> {
        @Override
        public void handle(Limit limit) throws InterruptedException {
            ScopedValue.where(Inbound.CURRENT, inbound).call(() -> {
                http.handle(limit);
                return true;
            });
        }

        @Override
        public Duration idleTime() {
            return http.idleTime();
        }

        @Override
        public void close(boolean interrupt) {
            http.close(interrupt);
        }

        @Override
        public boolean canInterrupt() {
            return http.canInterrupt();
        }
    }

    /** The same context but for who reads. */
    private record Context(ConnectionContext all, DataReader dataReader) implements ConnectionContext {
        @Override
        public ListenerContext listenerContext() {
            return all.listenerContext();
        }

        @Override
        public ExecutorService executor() {
            return all.executor();
        }

        @Override
        public DataWriter dataWriter() {
            return all.dataWriter();
        }

        @Override
        public Router router() {
            return all.router();
        }

        @Override
        public Optional<ProxyProtocolData> proxyProtocolData() {
            return all.proxyProtocolData();
        }

        @Override
        public HelidonSocket serverSocket() {
            return all.serverSocket();
        }

        @Override
        public PeerInfo remotePeer() {
            return all.remotePeer();
        }

        @Override
        public PeerInfo localPeer() {
            return all.localPeer();
        }

        @Override
        public boolean isSecure() {
            return all.isSecure();
        }

        @Override
        public String socketId() {
            return all.socketId();
        }

        @Override
        public String childSocketId() {
            return all.childSocketId();
        }
    }
}
