package ai.orchestrator.server.replay;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.server.harness.Ask;
import ai.orchestrator.server.harness.ScriptedModels;
import ai.orchestrator.server.harness.WholeServer;
import ai.orchestrator.server.harness.Wire;
import ai.orchestrator.server.http.RawConnection;
import ai.orchestrator.server.http.TestClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Identical requests at one time, over real connections and in all surfaces' spellings, share one call of the model. */
class SharedAnswersTest {
    private static final Ask ASK = Ask.question("Is it so?");
    private static final String WHOLE = SlowModel.EARLY + SlowModel.LATE;

    private @Nullable JoinWatch watch;
    private final WholeServer server = WholeServer.with(WholeServer.ROUTES, cache -> watch = new JoinWatch(cache));
    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();

    /** A surface and how it is read. */
    private record Way(Wire wire, boolean stream) {
        static List<Way> all() {
            return Arrays.stream(Wire.values())
                    .flatMap(wire -> Stream.of(new Way(wire, true), new Way(wire, false)))
                    .toList();
        }
    }

    @AfterEach
    void stop() {
        clients.shutdownNow();
        server.close();
    }

    @Test
    void twoHundredAtOnceCauseOneCallAndAllGetAllOfIt() throws Exception {
        SlowModel model = new SlowModel(false);
        server.models.script(model);
        CountDownLatch streamed = new CountDownLatch(100);
        List<Future<RawConnection.Reply>> replies = new ArrayList<>();
        List<Way> ways = Collections.nCopies(15, Way.all()).stream()
                .flatMap(List::stream)
                .limit(200)
                .toList();
        for (Way way : ways) {
            replies.add(clients.submit(() -> {
                try (Client client = new Client(server, way.wire(), way.stream()).ask(ASK)) {
                    if (way.stream()) {
                        client.readUntil(SlowModel.EARLY);
                        streamed.countDown();
                    }
                    return client.read();
                }
            }));
        }
        SlowModel.await(streamed); // whoever came late has got what was there, long before the rest
        watch().awaitWaiting(200);
        model.goOn();

        List<String> statuses = new ArrayList<>();
        for (Future<RawConnection.Reply> future : replies) {
            RawConnection.Reply reply = future.get(60, TimeUnit.SECONDS);
            String status = reply.headers().getOrDefault("x-cache", "");
            assertThat(new Transcript(reply).text()).isEqualTo(WHOLE);
            assertThat(reply.headers().get("x-cache-key")).matches("[0-9a-f]{32}");
            if (status.equals("SHARED") && reply.headers().containsKey("content-length")) {
                assertThat(reply.headers().get("x-cost-usd")).isEqualTo("0");
            }
            statuses.add(status);
        }
        assertThat(server.models.calls()).hasSize(1);
        assertThat(Collections.frequency(statuses, "MISS")).isEqualTo(1);
        assertThat(Collections.frequency(statuses, "SHARED")).isEqualTo(199);
    }

    @Test
    void goesOnForWhoeverListensWhenTheFirstHasLeft() throws Exception {
        for (boolean stream : List.of(true, false)) {
            SlowModel model = new SlowModel(false);
            server.models.script(model);
            watch().forget();
            int calls = server.models.calls().size();
            Client first = new Client(server, Wire.CHAT, true).ask(ASK);
            first.readUntil(SlowModel.EARLY);
            try (Client second = new Client(server, Wire.MESSAGES, stream).ask(ASK)) {
                watch().awaitWaiting(2);
                first.close();
                model.goOn();
                RawConnection.Reply reply = second.read();
                assertThat(reply.headers().get("x-cache")).isEqualTo("SHARED");
                assertThat(new Transcript(reply).text()).isEqualTo(WHOLE);
            }
            assertThat(server.models.calls()).hasSize(calls + 1);
            assertThat(post(Wire.RESPONSES).header("X-Cache")).isEqualTo("HIT");
            server.empty();
        }
    }

    @Test
    void stopsTheModelWhenNobodyListensAnyMore() throws Exception {
        SlowModel model = new SlowModel(false);
        server.models.script(model);
        Client first = new Client(server, Wire.CHAT, true).ask(ASK);
        Client second = new Client(server, Wire.CHAT_COMPLETIONS, false).ask(ASK);
        first.readUntil(SlowModel.EARLY);
        watch().awaitWaiting(2);
        first.close();
        second.close();
        model.awaitCancelled();

        server.models.script(ScriptedModels.says("Yes."));
        TestClient.Reply again = post(Wire.LEGACY);
        assertThat(again.header("X-Cache")).isEqualTo("MISS");
        assertThat(new Transcript(again).text()).isEqualTo("Yes.");
    }

    @Test
    void aFailureReachesEverybodyInTheShapeOfTheirSurface() throws Exception {
        SlowModel model = new SlowModel(true);
        server.models.script(model);
        Map<Way, Future<RawConnection.Reply>> replies = new LinkedHashMap<>();
        for (Way way : Way.all()) {
            replies.put(way, clients.submit(() -> {
                try (Client client = new Client(server, way.wire(), way.stream()).ask(ASK)) {
                    return client.read();
                }
            }));
        }
        watch().awaitWaiting(replies.size());
        model.fail(new PluginFailure.Retriable(FailureCode.RATE_LIMITED, "not so fast", Duration.ofSeconds(3)));

        for (Map.Entry<Way, Future<RawConnection.Reply>> one : replies.entrySet()) {
            RawConnection.Reply reply = one.getValue().get(60, TimeUnit.SECONDS);
            String shape =
                    switch (one.getKey().wire()) {
                        case CHAT, GENERATE -> "{\"error\":\"not so fast\"}";
                        case LEGACY -> "{\"error\":\"Failed to process chat request\",\"details\":\"not so fast\"}";
                        case CHAT_COMPLETIONS, COMPLETIONS, RESPONSES -> "{\"error\":{\"message\":\"not so fast\"";
                        case MESSAGES ->
                            "{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"not so fast\"";
                    };
            assertThat(reply.status()).contains(" 429 ");
            assertThat(reply.headers()).containsEntry("retry-after", "3");
            assertThat(reply.body()).startsWith(shape);
        }
        assertThat(server.models.calls()).hasSize(1);
        server.models.script(ScriptedModels.says("Yes."));
        assertThat(new Transcript(post(Wire.CHAT)).text()).isEqualTo("Yes.");
    }

    @Test
    void whoWantsAnAnswerOfItsOwnDoesNotJoin() throws Exception {
        SlowModel model = new SlowModel(false);
        server.models.script(model);
        try (Client first = new Client(server, Wire.CHAT, true).ask(ASK)) {
            first.readUntil(SlowModel.EARLY);
            server.models.script(ScriptedModels.says("My own."));
            for (String directive : List.of("no-store", "no-cache")) {
                TestClient.Reply own = post(Wire.CHAT, "Cache-Control", directive);
                assertThat(own.header("X-Cache")).isEqualTo(directive.equals("no-store") ? "BYPASS" : "REFRESH");
                assertThat(new Transcript(own).text()).isEqualTo("My own.");
            }
            assertThat(post(Wire.CHAT).header("X-Cache"))
                    .as("what was stored meanwhile")
                    .isEqualTo("HIT");
            try (Client second = new Client(server, Wire.CHAT, true).ask(ASK, "Cache-Control: max-age=0")) {
                second.readUntil(SlowModel.EARLY);
                model.goOn();
                assertThat(second.read().headers()).containsEntry("x-cache", "SHARED");
            }
        }
    }

    @Test
    void whoReadsSlowlyHoldsNobodyUp() throws Exception {
        String piece = "x".repeat(8_000);
        int pieces = 2_000; // far more than all buffers between the two can hold
        SlowModel model = new SlowModel(false);
        server.models.script((request, events) -> {
            events.emit(new ModelEvent.Text(SlowModel.EARLY));
            for (int i = 0; i < pieces; i++) {
                events.emit(new ModelEvent.Text(piece));
            }
            model.play(request, events);
        });
        model.goOn();
        try (Client slow = new Client(server, Wire.CHAT, true).ask(ASK)) {
            slow.readHead();
            try (Client quick = new Client(server, Wire.CHAT, false).ask(ASK)) {
                assertThat(new Transcript(quick.read()).text())
                        .hasSize(SlowModel.EARLY.length() + pieces * piece.length() + WHOLE.length());
            }
            assertThat(new Transcript(slow.read()).text()).isEqualTo(SlowModel.EARLY + piece.repeat(pieces) + WHOLE);
        }
        assertThat(server.models.calls()).hasSize(1);
    }

    private JoinWatch watch() {
        return Objects.requireNonNull(watch);
    }

    private TestClient.Reply post(Wire wire, String... headers) throws IOException {
        return server.client()
                .post(wire.path, wire.body(ASK, false).orElseThrow().toString(), headers);
    }
}
