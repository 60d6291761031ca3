package ai.orchestrator.server.keys;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.server.harness.Ask;
import ai.orchestrator.server.harness.Wire;
import ai.orchestrator.server.orchestration.RequestFingerprint;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/** The same request has the same key, however its JSON is written and whatever it carries that is not for the model. */
class KeysSpellingProperties {
    private static final KeyServer SERVER = new KeyServer();

    @AfterContainer
    static void stop() {
        SERVER.close();
    }

    @Property(tries = 80, edgeCases = EdgeCasesMode.NONE)
    void theSpellingOfTheJsonDoesNotCount(@ForAll("asks") Ask ask, @ForAll Random random) {
        for (Wire wire : Wire.values()) {
            wire.body(ask).ifPresent(body -> {
                String respelled = new Respelling(random).of(body);
                RequestFingerprint key = SERVER.key(wire.path, body.toString());
                assertThat(SERVER.key(wire.path, respelled))
                        .as("%s: %s", wire, respelled)
                        .isEqualTo(key);
            });
        }
    }

    @Property(tries = 50, edgeCases = EdgeCasesMode.NONE)
    void whoAsksAndHowItIsSentDoesNotCount(
            @ForAll("asks") Ask ask, @ForAll("asides") Map<String, JsonNode> asides, @ForAll("headers") String header) {
        for (Wire wire : Wire.values()) {
            wire.body(ask).ifPresent(body -> {
                ObjectNode more = body.deepCopy();
                asides.forEach(more::set);
                RequestFingerprint key = SERVER.key(wire.path, body.toString());
                assertThat(SERVER.key(wire.path, more.toString(), header, "blue"))
                        .as("%s: %s", wire, more)
                        .isEqualTo(key);
            });
        }
    }

    @Provide
    Arbitrary<Ask> asks() {
        return Asks.any();
    }

    @Provide
    Arbitrary<Map<String, JsonNode>> asides() {
        return Arbitraries.maps(Arbitraries.of(Asides.NAMES), Arbitraries.just(0))
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(Asides::of);
    }

    @Provide
    Arbitrary<String> headers() {
        return Arbitraries.of(
                "User-Agent", "X-Team", "X-OpenWebUI-User-Name", "Accept-Language", "OpenAI-Organization");
    }
}
