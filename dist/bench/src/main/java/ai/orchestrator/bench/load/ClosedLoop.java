package ai.orchestrator.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * As many requests as a server can answer: each connection sends its next one when it has the reply to the one before. One thread does it all, at a few
 * microseconds of CPU time a request.
 */
public final class ClosedLoop {
    private static final int BUFFER = 1 << 15;
    private static final long SILENCE_MILLIS = 10_000;

    private final InetSocketAddress address;
    private final int connections;

    public ClosedLoop(InetSocketAddress address, int connections) {
        this.address = address;
        this.connections = connections;
    }

    /**
     * Asks for so long.
     *
     * @return how long it really took
     * @throws IOException if the server cannot be reached, breaks off, or is silent for ten seconds
     */
    public Duration run(Requests requests, Duration length, Listener listener) throws IOException {
        long begin = System.nanoTime();
        return run(requests, begin, begin + length.toNanos(), Long.MAX_VALUE, listener);
    }

    /** Asks so often. */
    public Duration run(Requests requests, long count, Listener listener) throws IOException {
        long begin = System.nanoTime();
        return run(requests, begin, begin + Duration.ofDays(1).toNanos(), count, listener);
    }

    private Duration run(Requests requests, long begin, long end, long count, Listener listener) throws IOException {
        List<Lane> lanes = new ArrayList<>();
        try (Selector selector = Selector.open()) {
            long left = count;
            for (int i = 0; i < Math.min(connections, count); i++) {
                Lane lane = new Lane(SocketChannel.open(address), requests);
                lanes.add(lane);
                lane.channel.configureBlocking(false).register(selector, SelectionKey.OP_READ, lane);
                lane.send();
                left--;
            }
            ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
            int busy = lanes.size();
            while (busy > 0) {
                if (selector.select(SILENCE_MILLIS) == 0) {
                    throw new IOException("a server has not answered for " + SILENCE_MILLIS / 1_000 + " s");
                }
                for (SelectionKey key : selector.selectedKeys()) {
                    Lane lane = (Lane) key.attachment();
                    if (!lane.read(buffer, listener)) {
                        continue;
                    }
                    if (left > 0 && System.nanoTime() - end < 0) {
                        lane.send();
                        left--;
                    } else {
                        busy--;
                    }
                }
                selector.selectedKeys().clear();
            }
        } finally {
            for (Lane lane : lanes) {
                lane.channel.close();
            }
        }
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** One connection, and the request under way on it. */
    private static final class Lane {
        private final SocketChannel channel;
        private final Requests requests;
        private final ByteBuffer out;
        private final Reply reply = new Reply();
        private long sent;
        private long first;

        Lane(SocketChannel channel, Requests requests) throws IOException {
            this.channel = channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            this.requests = requests;
            this.out = ByteBuffer.allocateDirect(requests.length());
        }

        void send() throws IOException {
            requests.next(out);
            reply.clear();
            sent = System.nanoTime();
            first = 0;
            while (out.hasRemaining()) {
                channel.write(out);
            }
        }

        /** Whether that was the end of the reply. */
        boolean read(ByteBuffer buffer, Listener listener) throws IOException {
            buffer.clear();
            if (channel.read(buffer) < 0) {
                throw new IOException("a server has closed a connection in the midst of a reply");
            }
            boolean complete = reply.take(buffer.flip());
            long now = System.nanoTime();
            if (first == 0 && reply.bodyBegun()) {
                first = now;
            }
            if (complete) {
                listener.answered(sent, first == 0 ? now : first, now, reply);
            }
            return complete;
        }
    }
}
