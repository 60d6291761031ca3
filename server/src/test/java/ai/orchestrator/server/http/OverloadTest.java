package ai.orchestrator.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OverloadTest {
    @Test
    void answersOneRequestTooManyWith503() throws IOException {
        CompletableFuture<Void> running = new CompletableFuture<>();
        CompletableFuture<Void> goOn = new CompletableFuture<>();
        HttpSettings settings = new HttpSettings(
                "127.0.0.1",
                0,
                1000,
                -1,
                1,
                Duration.ofMinutes(1),
                Duration.ofSeconds(1),
                List.of(),
                List.of("chat.example.org"),
                Optional.empty());
        try (TestServer server = TestServer.of(
                        settings,
                        routes -> routes.get("/", ErrorStyle.PLAIN, exchange -> {
                            running.complete(null);
                            goOn.orTimeout(20, TimeUnit.SECONDS).join();
                            exchange.send(200, Exchange.TEXT, "done".getBytes(StandardCharsets.UTF_8));
                        }));
                RawConnection first = new RawConnection(server.port());
                RawConnection second = new RawConnection(server.port())) {
            first.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
            running.orTimeout(20, TimeUnit.SECONDS).join();
            second.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
            RawConnection.Reply busy = second.read();
            goOn.complete(null);

            assertThat(busy.status()).contains("503");
            assertThat(busy.headers()).containsKey("retry-after");
            assertThat(busy.body())
                    .isEqualTo("{\"error\":\"server busy, please try again.  maximum pending requests exceeded\"}");
            assertThat(first.read().body()).isEqualTo("done");
        }
    }
}
