package ai.orchestrator.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** A connection that is kept, and made anew after a failure; for one thread. */
final class Lane implements AutoCloseable {
    private static final int BUFFER = 1 << 15;

    private final InetSocketAddress address;
    private final ByteBuffer out;
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER);
    private final Reply reply = new Reply();
    private volatile @Nullable SocketChannel channel;
    private volatile boolean closed;

    Lane(InetSocketAddress address, int requestLength) {
        this.address = address;
        this.out = ByteBuffer.allocateDirect(requestLength);
    }

    /** Sends a request and reads the reply. */
    void ask(long due, Requests requests, Listener listener) {
        requests.next(out);
        reply.clear();
        try {
            SocketChannel connected = connected();
            while (out.hasRemaining()) {
                connected.write(out);
            }
            long first = 0;
            boolean complete = false;
            while (!complete) {
                in.clear();
                if (connected.read(in) < 0) {
                    throw new IOException("the connection was closed in the midst of a reply");
                }
                complete = reply.take(in.flip());
                if (first == 0 && reply.bodyBegun()) {
                    first = System.nanoTime();
                }
            }
            long end = System.nanoTime();
            listener.answered(due, first == 0 ? end : first, end, reply);
        } catch (IOException e) {
            listener.failed(due, System.nanoTime(), closed ? "no reply until the end" : String.valueOf(e.getMessage()));
            disconnect();
        }
    }

    @Override
    public void close() {
        closed = true;
        disconnect();
    }

    private SocketChannel connected() throws IOException {
        SocketChannel known = channel;
        if (known != null) {
            return known;
        }
        SocketChannel opened = SocketChannel.open(address);
        opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel = opened;
        if (closed) {
            opened.close();
        }
        return opened;
    }

    private void disconnect() {
        SocketChannel known = channel;
        channel = null;
        if (known != null) {
            try {
                known.close();
            } catch (IOException e) {
                // it is gone either way
            }
        }
    }
}
