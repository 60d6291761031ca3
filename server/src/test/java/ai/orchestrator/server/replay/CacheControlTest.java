package ai.orchestrator.server.replay;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.server.harness.Ask;
import ai.orchestrator.server.harness.ScriptedModels;
import ai.orchestrator.server.harness.WholeServer;
import ai.orchestrator.server.harness.Wire;
import ai.orchestrator.server.http.TestClient.Reply;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients steer the cache by the request directives of RFC 9111, on every surface alike. */
class CacheControlTest {
    private static final WholeServer SERVER = WholeServer.open();
    private static final Ask ASK = Ask.question("Is it so?");

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @BeforeEach
    void empty() {
        SERVER.empty();
        SERVER.models.script(ScriptedModels.says("Old."));
    }

    @ParameterizedTest
    @EnumSource
    void everySurfaceHonoursThem(Wire wire) {
        assertCannotAnswer(wire, "only-if-cached");
        assertThat(ask(wire, "no-store").header("X-Cache")).isEqualTo("BYPASS");
        assertCannotAnswer(wire, "only-if-cached");
        assertThat(ask(wire, "no-cache").header("X-Cache")).isEqualTo("REFRESH");
        assertThat(ask(wire, "only-if-cached").header("X-Cache")).isEqualTo("HIT");
        assertCannotAnswer(wire, "only-if-cached, no-cache");
        assertCannotAnswer(wire, "only-if-cached, max-age=0");

        SERVER.models.script(ScriptedModels.says("New."));
        assertThat(text(ask(wire, "no-store"))).isEqualTo("New.");
        assertThat(text(ask(wire, "max-age=1000"))).isEqualTo("Old.");
        assertThat(text(ask(wire, "no-cache"))).isEqualTo("New.");
        assertThat(text(ask(wire, "max-age=1000"))).isEqualTo("New.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    Cache-Control | max-age=0                  | MISS
                    Cache-Control | max-age="0"                | MISS
                    Cache-Control | max-age=3600, min-fresh=10 | HIT
                    Cache-Control | min-fresh=2500000          | HIT
                    Cache-Control | min-fresh=2592000          | MISS
                    Cache-Control | min-fresh=99999999999999   | MISS
                    Cache-Control | max-stale, no-transform    | HIT
                    Cache-Control | x="a, no-cache, b"         | HIT
                    Cache-Control | NO-CACHE                   | REFRESH
                    Cache-Control | no-store , no-cache        | BYPASS
                    Cache-Control | max-age=soon               | HIT
                    Pragma        | no-cache                   | REFRESH
                    Pragma        | no-store                   | HIT
                    """)
    void decideWhetherAStoredAnswerWillDo(String name, String value, String status) {
        ask(Wire.CHAT, "no-cache");

        assertThat(post(Wire.CHAT, body(Wire.CHAT), name, value).header("X-Cache"))
                .isEqualTo(status);
    }

    @Test
    void severalFieldsCountTogether() {
        ask(Wire.CHAT, "no-cache");

        Reply reply = post(
                Wire.CHAT, body(Wire.CHAT), "Cache-Control", "max-age=60", "Cache-Control", "no-cache", "Pragma", "x");
        assertThat(reply.header("X-Cache")).isEqualTo("REFRESH");
    }

    @Test
    void theOldServicesClientsBypassByAMember() {
        ObjectNode body = body(Wire.LEGACY).put("cache_bypass", true);
        assertThat(post(Wire.LEGACY, body).header("X-Cache")).isEqualTo("REFRESH");
        assertThat(post(Wire.LEGACY, body(Wire.LEGACY))
                        .json()
                        .path("cache_source")
                        .asText())
                .isEqualTo("memory");
        assertThat(post(Wire.LEGACY, body).json().path("cache_hit").asBoolean(true))
                .isFalse();
        assertThat(post(Wire.LEGACY, body, "Cache-Control", "no-store").header("X-Cache"))
                .isEqualTo("BYPASS");
    }

    @Test
    void rawPromptsAndContextsAreLeftOut() {
        ObjectNode raw = body(Wire.GENERATE).put("raw", true);
        assertThat(post(Wire.GENERATE, raw).header("X-Cache")).isEqualTo("BYPASS");
        ObjectNode continued = body(Wire.GENERATE);
        continued.set("context", post(Wire.GENERATE, body(Wire.GENERATE)).json().path("context"));
        assertThat(post(Wire.GENERATE, continued).header("X-Cache")).isEqualTo("BYPASS");
        assertThat(SERVER.memory.entries).hasSize(1);
    }

    private static void assertCannotAnswer(Wire wire, String directives) {
        int calls = SERVER.models.calls().size();
        Reply reply = ask(wire, directives);
        assertThat(reply.status()).isEqualTo(504);
        String why =
                switch (wire) {
                    case CHAT, GENERATE -> reply.json().path("error").asText();
                    case LEGACY -> reply.json().path("details").asText();
                    case CHAT_COMPLETIONS, COMPLETIONS, RESPONSES, MESSAGES ->
                        reply.json().at("/error/message").asText();
                };
        assertThat(why).startsWith("no stored answer");
        assertThat(SERVER.models.calls()).hasSize(calls);
    }

    private static Reply ask(Wire wire, String directives) {
        return post(wire, body(wire), "Cache-Control", directives);
    }

    private static ObjectNode body(Wire wire) {
        return wire.body(ASK, false).orElseThrow();
    }

    private static Reply post(Wire wire, ObjectNode body, String... headers) {
        return SERVER.client().post(wire.path, body.toString(), headers);
    }

    private static String text(Reply reply) {
        return new Transcript(reply).text();
    }
}
