package ai.orchestrator.testkit.fakes;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** An HTTP server on the loopback address, with a virtual thread for each request. */
final class LoopbackServer implements AutoCloseable {
    static {
        // read once by the JDK's server; without it each small write of a stream waits for the client's delayed
        // acknowledgement
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService handlers = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closing = new CountDownLatch(1);

    private LoopbackServer(HttpServer server) {
        this.server = server;
    }

    /** @param port 0 for any that is free */
    static LoopbackServer on(int port) {
        try {
            return new LoopbackServer(
                    HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on port " + port, e);
        }
    }

    /** Answers every request from now on. */
    void start(HttpHandler handler) {
        server.setExecutor(handlers);
        server.createContext("/", handler);
        server.start();
    }

    /** Where a path is. */
    URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    /** Waits for a while; tells whether the server is being closed. */
    boolean closingWithin(Duration time) throws IOException {
        try {
            return closing.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("closed", e);
        }
    }

    /** Ends the server at once, replies in progress included. */
    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        handlers.close();
    }
}
