package ai.orchestrator.server.http.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.server.http.FakeAnswers;
import ai.orchestrator.server.http.RawConnection;
import ai.orchestrator.server.orchestration.AnswerSink;
import ai.orchestrator.server.orchestration.CacheStatus;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ClientLeavesTest extends OllamaFixture {
    private static final String WHOLE = "{\"model\":\"test\",\"prompt\":\"x\",\"stream\":false}";
    private static final String STREAM = "{\"model\":\"test\",\"prompt\":\"x\"}";

    private final CompletableFuture<AnswerSink> begun = new CompletableFuture<>();
    private final CompletableFuture<Throwable> stopped = new CompletableFuture<>();
    private final AtomicBoolean started = new AtomicBoolean();

    @Test
    void stopsAnAnswerThatIsNotStreamed() throws Exception {
        goesOnFor(sink -> sink.event(new ModelEvent.Text("x")));

        assertStops("/api/generate", WHOLE);
    }

    @Test
    void stopsAnAnswerThatHasNotBegun() throws Exception {
        goesOnFor(AnswerSink::idle);

        assertStops("/api/generate", WHOLE);
    }

    @Test
    void stopsAStreamThatHasNotBegun() throws Exception {
        goesOnFor(AnswerSink::idle);

        assertStops("/api/generate", STREAM);
    }

    @Test
    void tellsAtOnceThatTheClientOfASilentAnswerHasLeft() throws Exception {
        CompletableFuture<Void> left = new CompletableFuture<>();
        answers.script((request, sink) -> {
            sink.onLeave(() -> left.complete(null));
            begun.complete(sink);
            left.join();
            goesOnFor(AnswerSink::idle);
            answers.answer(request, sink);
        });

        assertStops("/api/generate", STREAM);
    }

    @Test
    void stopsASilentStreamThatHasBegun() throws Exception {
        goesOnFor(sink -> {
            if (!started.getAndSet(true)) {
                sink.start(FakeAnswers.start(CacheStatus.MISS));
                sink.event(new ModelEvent.Text("x"));
            }
            sink.idle();
        });

        assertStops("/api/generate", STREAM);
    }

    @Test
    void keepsWhatTheClientSendsMeanwhile() throws Exception {
        CompletableFuture<Void> goOn = new CompletableFuture<>();
        answers.script((request, sink) -> {
            begun.complete(sink);
            while (!goOn.isDone()) {
                sink.idle();
                pause();
            }
            FakeAnswers.says("slow").play(request, sink);
        });
        try (RawConnection connection = new RawConnection(server.port())) {
            connection.post("/api/generate", WHOLE);
            begun.get(20, TimeUnit.SECONDS);
            connection.post("/api/generate", STREAM);
            Thread.sleep(500);
            goOn.complete(null);

            assertThat(connection.read().body()).contains("\"response\":\"slow\"", "\"done\":true");
            assertThat(connection.read().body()).contains("\"response\":\"slow\"", "\"done\":false");
            connection.post("/api/generate", WHOLE);
            assertThat(connection.read().body()).contains("\"response\":\"slow\"", "\"done\":true");
        }
    }

    private void assertStops(String path, String body) throws Exception {
        RawConnection connection = new RawConnection(server.port());
        connection.post(path, body);
        begun.get(20, TimeUnit.SECONDS);
        connection.close();

        assertThat(stopped.get(20, TimeUnit.SECONDS)).isInstanceOf(PluginFailure.Cancelled.class);
        answers.script(FakeAnswers.says("Hi"));
        assertThat(client.post(path, body).status()).isEqualTo(200);
    }

    /** Answers without an end, until the sink refuses. */
    private void goesOnFor(Consumer<AnswerSink> step) {
        answers.script((request, sink) -> {
            begun.complete(sink);
            try {
                if (!request.stream()) {
                    sink.start(FakeAnswers.start(CacheStatus.MISS));
                }
                while (true) {
                    step.accept(sink);
                    pause();
                }
            } catch (RuntimeException e) {
                stopped.complete(e);
                throw e;
            }
        });
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
