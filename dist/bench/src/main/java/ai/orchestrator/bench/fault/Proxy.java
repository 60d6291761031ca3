package ai.orchestrator.bench.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** Stands before a server: passes everything on, holds each reply back for a while, or answers with garbage itself. */
final class Proxy implements AutoCloseable {
    private static final int BUFFER = 1 << 16;
    private static final int GARBAGE = 64;

    private final ServerSocket listening;
    private final int behind;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile Duration delay = Duration.ZERO;
    private volatile boolean lies;

    private Proxy(ServerSocket listening, int behind) {
        this.listening = listening;
        this.behind = behind;
    }

    /** Starts one on a free port, before a server on a port of this machine. */
    static Proxy start(int behind) throws IOException {
        Proxy proxy = new Proxy(new ServerSocket(0, 0, InetAddress.getLoopbackAddress()), behind);
        Thread.ofVirtual().name("proxy").start(proxy::accept);
        return proxy;
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Passes on, from now on. */
    void pass() {
        delay = Duration.ZERO;
        lies = false;
    }

    /** Holds what the server sends back for so long, from now on. */
    void delay(Duration length) {
        delay = length;
    }

    /** Answers whatever is sent with random bytes, from now on, and lets nothing through. */
    void lie() {
        lies = true;
    }

    @Override
    public void close() throws IOException {
        listening.close();
        open.forEach(Proxy::close);
    }

    private void accept() {
        while (true) {
            try {
                Socket client = keep(listening.accept());
                Thread.ofVirtual().name("proxy-connection").start(() -> join(client));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void join(Socket client) {
        try {
            Socket server = keep(new Socket(InetAddress.getLoopbackAddress(), behind));
            Thread.ofVirtual().name("proxy-up").start(() -> copy(client, server, this::up));
            copy(server, client, this::down);
        } catch (IOException e) {
            close(client);
        }
    }

    private interface Passing {
        void pass(byte[] bytes, Socket from, Socket to) throws IOException, InterruptedException;
    }

    private void up(byte[] bytes, Socket client, Socket server) throws IOException {
        if (lies) {
            byte[] garbage = new byte[GARBAGE];
            ThreadLocalRandom.current().nextBytes(garbage);
            client.getOutputStream().write(garbage);
        } else {
            server.getOutputStream().write(bytes);
        }
    }

    private void down(byte[] bytes, Socket server, Socket client) throws IOException, InterruptedException {
        if (lies) {
            return;
        }
        Thread.sleep(delay);
        OutputStream out = client.getOutputStream();
        out.write(bytes);
    }

    private void copy(Socket from, Socket to, Passing passing) {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = from.getInputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                passing.pass(Arrays.copyOf(buffer, read), from, to);
            }
        } catch (IOException e) {
            // one side has gone, and so the other goes too
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close(from);
            close(to);
            open.remove(from);
            open.remove(to);
        }
    }

    private Socket keep(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        open.add(socket);
        return socket;
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is gone either way
        }
    }
}
