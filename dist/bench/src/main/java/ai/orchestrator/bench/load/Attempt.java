package ai.orchestrator.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;

/** One request on a connection of its own. */
public final class Attempt {
    private static final int BUFFER = 1 << 15;

    private Attempt() {}

    /** Whether there is a reply, and as expected. */
    public static boolean succeeds(InetSocketAddress address, Requests requests, Expected expected, Duration patience) {
        ByteBuffer out = ByteBuffer.allocate(requests.length());
        requests.next(out);
        Reply reply = new Reply();
        try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) patience.toMillis());
            socket.getOutputStream().write(out.array());
            byte[] in = new byte[BUFFER];
            boolean complete = false;
            while (!complete) {
                int read = socket.getInputStream().read(in);
                if (read < 0) {
                    return false;
                }
                complete = reply.take(ByteBuffer.wrap(in, 0, read));
            }
            return expected.isMetBy(reply);
        } catch (IOException e) {
            return false;
        }
    }
}
