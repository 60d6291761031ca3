package ai.orchestrator.server.replay;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.server.harness.Ask;
import ai.orchestrator.server.harness.WholeServer;
import ai.orchestrator.server.harness.Wire;
import ai.orchestrator.server.http.TestClient.Reply;
import java.net.http.HttpRequest;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is stored can be named and removed, on a running server: by key, tier, model and tag. */
class RemovalTest {
    private static final WholeServer SERVER = WholeServer.open();
    private static final Ask ASK = Ask.question("Is it so?");

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @BeforeEach
    void empty() {
        SERVER.empty();
    }

    @ParameterizedTest
    @EnumSource
    void everyReplyNamesWhatCanBeRemoved(Wire wire) {
        for (boolean stream : List.of(true, false)) {
            String key = post(wire, ASK, stream).header("X-Cache-Key");
            assertThat(key).as("MISS, stream: %s", stream).matches("[0-9a-f]{32}");
            Reply hit = post(wire, ASK, stream);
            assertThat(hit.header("X-Cache")).isEqualTo("HIT");
            assertThat(hit.header("X-Cache-Key")).isEqualTo(key);
            Reply refreshed = post(wire, ASK, stream, "Cache-Control", "no-cache");
            assertThat(refreshed.header("X-Cache")).isEqualTo("REFRESH");
            assertThat(refreshed.header("X-Cache-Key")).isEqualTo(key);
            assertThat(post(wire, ASK, stream, "Cache-Control", "no-store").header("X-Cache-Key"))
                    .isEmpty();

            assertThat(delete("/api/cache/" + key).body()).isEqualTo("{\"removed\":1}");
            assertThat(delete("/api/cache/" + key).status()).isEqualTo(404);
            assertThat(post(wire, ASK, stream).header("X-Cache")).isEqualTo("MISS");
            SERVER.empty();
        }
    }

    @Test
    void oneTierIsEmptiedAndTheOthersAnswer() {
        post(Wire.CHAT, ASK, false);
        assertThat(delete("/api/cache?tier=memory").body()).isEqualTo("{\"removed\":1}");

        Reply reply = post(Wire.CHAT, ASK, false);
        assertThat(reply.header("X-Cache")).isEqualTo("HIT");
        assertThat(reply.header("X-Cache-Tier")).isEqualTo("sqlite");
        assertThat(post(Wire.CHAT, ASK, false).header("X-Cache-Tier")).isEqualTo("memory");
    }

    @Test
    void removesByModel() {
        post(Wire.CHAT, ASK, false);
        post(Wire.CHAT, ASK.withModel("tuned"), false);
        post(Wire.CHAT, ASK.withModel("auto"), false);

        assertThat(delete("/api/cache?model=Tuned").body()).isEqualTo("{\"removed\":2}");
        assertThat(post(Wire.CHAT, ASK.withModel("tuned"), false).header("X-Cache"))
                .isEqualTo("MISS");
        assertThat(delete("/api/cache?model=auto&tier=memory").body()).isEqualTo("{\"removed\":1}");
        assertThat(post(Wire.CHAT, ASK.withModel("auto"), false).header("X-Cache-Tier"))
                .isEqualTo("sqlite");
        assertThat(post(Wire.CHAT, ASK, false).header("X-Cache-Tier")).isEqualTo("memory");
    }

    @Test
    void removesByTagOfTheRequestThatStored() {
        post(Wire.MESSAGES, ASK, true, "X-Cache-Tags", "demo, v2", "X-Cache-Tags", "third");
        post(Wire.CHAT, ASK.withModel("tuned"), false, "X-Cache-Tags", "other");

        assertThat(delete("/api/cache?tag=nothing").body()).isEqualTo("{\"removed\":0}");
        assertThat(delete("/api/cache?tag=third").body()).isEqualTo("{\"removed\":2}");
        assertThat(post(Wire.CHAT, ASK, false).header("X-Cache")).isEqualTo("MISS");
        assertThat(post(Wire.CHAT, ASK.withModel("tuned"), false).header("X-Cache"))
                .isEqualTo("HIT");
    }

    private static Reply post(Wire wire, Ask ask, boolean stream, String... headers) {
        return SERVER.client()
                .post(wire.path, wire.body(ask, stream).orElseThrow().toString(), headers);
    }

    private static Reply delete(String path) {
        return SERVER.client().send("DELETE", path, HttpRequest.BodyPublishers.noBody());
    }
}
