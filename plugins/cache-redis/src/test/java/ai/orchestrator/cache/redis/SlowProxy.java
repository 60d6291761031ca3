package ai.orchestrator.cache.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands before a server and passes everything on, replies late or not to their end if told so. */
final class SlowProxy implements AutoCloseable {
    private final ServerSocket listener;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile Duration delay = Duration.ZERO;
    private volatile int cutAfter = Integer.MAX_VALUE;

    SlowProxy(int target) {
        this.target = target;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::listen);
    }

    String url() {
        return "redis://127.0.0.1:" + listener.getLocalPort();
    }

    /** How long each part of a reply is held back from now on. */
    void delay(Duration time) {
        delay = time;
    }

    /** Resets a connection in the middle of any part of a reply that is longer. */
    void cutAfter(int bytes) {
        cutAfter = bytes;
    }

    /** Ends every connection that there is. */
    void dropAll() {
        sockets.forEach(SlowProxy::reset);
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        dropAll();
    }

    private void listen() {
        while (true) {
            try {
                Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.add(client);
                sockets.add(server);
                Thread.ofVirtual().start(() -> pass(client, server, false));
                Thread.ofVirtual().start(() -> pass(server, client, true));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void pass(Socket from, Socket to, boolean replies) {
        byte[] buffer = new byte[64 * 1024];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (replies && !delay.isZero()) {
                    Thread.sleep(delay);
                }
                if (replies && read > cutAfter) {
                    out.write(buffer, 0, cutAfter);
                    break;
                }
                out.write(buffer, 0, read);
            }
        } catch (IOException | InterruptedException e) {
            // one of the two has gone
        } finally {
            reset(from);
            reset(to);
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // closed already
        }
    }
}
