package ai.orchestrator.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.Hops;
import ai.orchestrator.server.http.TestClient.Reply;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LoopGuardTest {
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.of(routes -> routes.get(
                "/api/hops",
                ErrorStyle.PLAIN,
                exchange -> exchange.send(200, Exchange.TEXT, Hops.passed().getBytes(StandardCharsets.US_ASCII))));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void refusesARequestThatHasComeThroughBefore() {
        String first = hops().body();
        Reply again = hops(Hops.HEADER, first);

        assertThat(first).matches("hop-[0-9a-f]{24}");
        assertThat(again.status()).isEqualTo(508);
        assertThat(again.body()).contains("has come through this server before");
    }

    @Test
    void addsItselfToTheServersBefore() {
        String other = RandomIds.hex("hop-");
        String passed = hops(Hops.HEADER, other + " <script>", Hops.HEADER, "x").body();

        assertThat(passed).isEqualTo(other + " " + hops().body());
        assertThat(hops(Hops.HEADER, passed).status()).isEqualTo(508);
    }

    @Test
    void refusesAnEndlessRow() {
        String others = (RandomIds.hex("hop-") + ",").repeat(LoopGuard.MOST);

        assertThat(hops(Hops.HEADER, others).status()).isEqualTo(508);
    }

    private static Reply hops(String... headers) {
        return server.client().get("/api/hops", headers);
    }
}
