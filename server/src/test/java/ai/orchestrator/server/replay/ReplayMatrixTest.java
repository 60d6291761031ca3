package ai.orchestrator.server.replay;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.model.RemoteOrigin;
import ai.orchestrator.server.harness.Ask;
import ai.orchestrator.server.harness.WholeServer;
import ai.orchestrator.server.harness.Wire;
import ai.orchestrator.server.http.FakeCatalog;
import ai.orchestrator.server.http.TestClient.Reply;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whichever surface an answer was stored by, each surface replays it as it gives a fresh one, as a stream and whole. */
class ReplayMatrixTest {
    private static final WholeServer SERVER = WholeServer.open();

    static {
        SERVER.catalog.models.add(
                FakeCatalog.remote("far:latest", new RemoteOrigin("far/model", "https://far.example.org")));
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    /** A surface and how it is read. */
    private record Way(Wire wire, boolean stream) {}

    static Stream<Scene> scenes() {
        return Scene.all().stream();
    }

    @ParameterizedTest
    @MethodSource("scenes")
    void replaysWhatWasStored(Scene scene) {
        SERVER.models.script(scene.script());
        List<Way> ways = ways(scene.ask());
        Map<Way, Reply> fresh = new HashMap<>();
        ways.forEach(way -> fresh.put(way, post(way, scene.ask(), "Cache-Control", "no-store")));

        for (Way storing : ways) {
            SERVER.empty();
            int calls = SERVER.models.calls().size();
            Reply stored = post(storing, scene.ask());
            assertThat(stored.header("X-Cache")).isEqualTo("MISS");
            for (Way reading : ways) {
                Reply hit = post(reading, scene.ask());
                String what = scene + ", stored by " + storing + ", read by " + reading;
                assertThat(hit.header("X-Cache-Key")).as(what).isEqualTo(stored.header("X-Cache-Key"));
                assertReplays(what, scene, hit, Objects.requireNonNull(fresh.get(reading)));
            }
            assertThat(SERVER.models.calls()).hasSize(calls + 1);
        }
    }

    private static void assertReplays(String what, Scene scene, Reply hit, Reply fresh) {
        assertThat(fresh.header("X-Cache")).isEqualTo("BYPASS");
        assertThat(hit.header("X-Cache")).as(what).isEqualTo("HIT");
        assertThat(hit.header("X-Cache-Tier")).as(what).isEqualTo("memory");
        assertThat(hit.header("Age")).as(what).containsOnlyDigits();
        for (String name : List.of("Content-Type", "X-Route", "X-Model", "X-Search")) {
            assertThat(hit.header(name)).as(what + ": " + name).isEqualTo(fresh.header(name));
        }
        assertThat(hit.header("X-Request-Id")).as(what).isNotEqualTo(fresh.header("X-Request-Id"));
        Transcript replayed = new Transcript(hit);
        Transcript original = new Transcript(fresh);
        assertThat(replayed.text()).as(what).isEqualTo(original.text());
        if (scene.streamsAlike()) {
            assertThat(replayed.common()).as(what).containsExactlyElementsOf(original.common());
        }
        assertThat(Collections.disjoint(replayed.names(), original.names()))
                .as(what + ": fresh names")
                .isTrue();
        assertThat(replayed.all("cost"))
                .as(what + ": what it cost this time")
                .allMatch(JsonNode::isNumber)
                .allMatch(cost -> cost.asDouble() == 0);
        assertLegal(what, replayed);
    }

    /** Metrics are whole numbers, and the whole takes no less time than its parts. */
    private static void assertLegal(String what, Transcript reply) {
        reply.each((name, value) -> {
            if (name.endsWith("_duration") || name.endsWith("_tokens") || name.endsWith("_count")) {
                assertThat(value.isIntegralNumber())
                        .as(what + ": " + name + " is " + value)
                        .isTrue();
                assertThat(value.asLong()).as(what + ": " + name).isNotNegative();
            }
        });
        List<JsonNode> totals = reply.all("total_duration");
        for (int i = 0; i < totals.size(); i++) {
            long parts = reply.all("load_duration").get(i).asLong()
                    + reply.all("prompt_eval_duration").get(i).asLong()
                    + reply.all("eval_duration").get(i).asLong();
            assertThat(totals.get(i).asLong()).as(what + ": total_duration").isGreaterThanOrEqualTo(parts);
        }
    }

    private static List<Way> ways(Ask ask) {
        List<Way> ways = new ArrayList<>();
        for (Wire wire : Wire.values()) {
            if (wire.body(ask).isPresent()) {
                ways.add(new Way(wire, false));
                ways.add(new Way(wire, true));
            }
        }
        return ways;
    }

    private static Reply post(Way way, Ask ask, String... headers) {
        String body = way.wire.body(ask, way.stream).orElseThrow().toString();
        return SERVER.client().post(way.wire.path, body, headers);
    }
}
