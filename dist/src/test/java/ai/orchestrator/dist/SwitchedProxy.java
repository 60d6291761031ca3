package ai.orchestrator.dist;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Passes bytes on between clients and a server on this machine, in the way it is switched to. */
final class SwitchedProxy implements AutoCloseable {
    /** How replies are passed on. */
    enum Mode {
        AS_THEY_ARE,
        LATE,
        AS_GARBAGE,
        NOT_AT_ALL
    }

    private static final int LATE_MILLIS = 150;

    private final ServerSocket listening;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    volatile Mode mode = Mode.AS_THEY_ARE;

    SwitchedProxy(int target) throws IOException {
        this.target = target;
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    @Override
    public void close() {
        close(listening);
        open.forEach(SwitchedProxy::close);
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                open.add(client);
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
            open.add(server);
            Thread asking = Thread.ofVirtual().start(() -> copy(client, server, false));
            copy(server, client, true);
            asking.join();
        } catch (IOException e) {
            // the server is not there: the client sees its connection end
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
        }
    }

    private void copy(Socket from, Socket to, boolean replies) {
        byte[] buffer = new byte[8192];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                switch (replies ? mode : Mode.AS_THEY_ARE) {
                    case AS_THEY_ARE -> {}
                    case LATE -> Thread.sleep(LATE_MILLIS);
                    case AS_GARBAGE -> new Random().nextBytes(buffer);
                    case NOT_AT_ALL -> length = 0;
                }
                out.write(buffer, 0, length);
            }
        } catch (IOException e) {
            // one side has gone
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close(from);
        close(to);
    }

    private static void close(AutoCloseable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
