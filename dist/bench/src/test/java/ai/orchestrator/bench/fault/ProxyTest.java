package ai.orchestrator.bench.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProxyTest {
    private static final int LENGTH = 4;

    private final ServerSocket echo = listen();
    private final AtomicInteger asked = new AtomicInteger();
    private final Proxy proxy = before(echo);

    @BeforeEach
    void serve() {
        Thread.ofVirtual().start(() -> {
            while (true) {
                try {
                    Socket socket = echo.accept();
                    Thread.ofVirtual().start(() -> repeat(socket));
                } catch (IOException e) {
                    return; // closed
                }
            }
        });
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        echo.close();
    }

    @Test
    void whatIsSentComesBackUnchanged() throws Exception {
        try (Socket client = connect()) {
            assertThat(ask(client, "PING")).isEqualTo("PING");
            assertThat(ask(client, "PONG")).isEqualTo("PONG");
        }
        assertThat(asked).hasValue(2);
    }

    @Test
    void aDelayHoldsEachReplyBackUntilItIsTakenAway() throws Exception {
        Duration delay = Duration.ofMillis(150);
        try (Socket client = connect()) {
            proxy.delay(delay);
            long begin = System.nanoTime();
            assertThat(ask(client, "ABCD")).isEqualTo("ABCD");
            assertThat(ask(client, "EFGH")).isEqualTo("EFGH");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(delay.multipliedBy(2));

            proxy.pass();
            assertThat(ask(client, "IJKL")).isEqualTo("IJKL");
        }
    }

    @Test
    void aLieNeverReachesTheServer() throws Exception {
        try (Socket client = connect()) {
            assertThat(ask(client, "TRUE")).isEqualTo("TRUE");
            proxy.lie();
            assertThat(ask(client, "LIES")).hasSize(LENGTH);
            assertThat(asked).hasValue(1);
        }
        proxy.pass();
        try (Socket client = connect()) {
            assertThat(ask(client, "BACK")).isEqualTo("BACK");
        }
    }

    @Test
    void whereTheServerIsGoneTheConnectionEnds() throws Exception {
        echo.close();
        try (Socket client = connect()) {
            assertThat(client.getInputStream().read()).isNegative();
        }
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    }

    private static String ask(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        return new String(client.getInputStream().readNBytes(LENGTH), StandardCharsets.ISO_8859_1);
    }

    private void repeat(Socket socket) {
        try (socket) {
            byte[] bytes = socket.getInputStream().readNBytes(LENGTH);
            while (bytes.length == LENGTH) {
                asked.incrementAndGet();
                socket.getOutputStream().write(bytes);
                bytes = socket.getInputStream().readNBytes(LENGTH);
            }
        } catch (IOException e) {
            // the connection ends
        }
    }

    private static ServerSocket listen() {
        try {
            return new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Proxy before(ServerSocket server) {
        try {
            return Proxy.start(server.getLocalPort());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
