package ai.orchestrator.server.http.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.server.http.FakeAnswers;
import ai.orchestrator.server.http.RawConnection;
import ai.orchestrator.server.http.TestClient.Reply;
import ai.orchestrator.server.orchestration.AnswerEnd;
import ai.orchestrator.server.orchestration.AnswerFailure;
import ai.orchestrator.server.orchestration.AnswerSink;
import ai.orchestrator.server.orchestration.AnswerStart;
import ai.orchestrator.server.orchestration.CacheStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailureTest extends OllamaFixture {
    private static final String WHOLE = "{\"model\":\"test\",\"prompt\":\"x\",\"stream\":false}";
    private static final String STREAM = "{\"model\":\"test\",\"prompt\":\"x\"}";

    @ParameterizedTest
    @CsvSource({
        "RATE_LIMITED,429",
        "OVERLOADED,503",
        "UNAVAILABLE,503",
        "STARTING,503",
        "NOT_INSTALLED,503",
        "TIMEOUT,504",
        "INVALID_REQUEST,400",
        "CONTEXT_LENGTH,400",
        "UNSUPPORTED,400",
        "CONTENT_REFUSED,400",
        "NOT_FOUND,404",
        "CREDENTIALS,502",
        "BAD_REPLY,502",
        "QUOTA,402",
        "BROKEN_OFF,500",
        "INTERNAL,500"
    })
    void givesEachFailureItsStatusWhetherStreamedOrNot(FailureCode code, int status) {
        answers.script(FakeAnswers.fails(new PluginFailure.Permanent(code, "model is overloaded")));

        for (String body : new String[] {WHOLE, STREAM}) {
            Reply reply = client.post("/api/generate", body);
            assertThat(reply.status()).isEqualTo(status);
            assertThat(reply.body()).isEqualTo("{\"error\":\"model is overloaded\"}");
            assertThat(reply.header("Content-Type")).startsWith("application/json");
        }
    }

    @ParameterizedTest
    @CsvSource({"NOT_CACHED,504", "OVER_BUDGET,429", "NO_ROUTE,500"})
    void givesEachRefusalItsStatus(AnswerFailure.Kind kind, int status) {
        answers.script(FakeAnswers.fails(new AnswerFailure(kind, "not today")));
        Reply reply = client.post("/api/generate", WHOLE);

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.body()).isEqualTo("{\"error\":\"not today\"}");
    }

    @Test
    void saysInOllamasWordsThatAModelIsNotThere() {
        answers.script(FakeAnswers.fails(new AnswerFailure(AnswerFailure.Kind.MODEL_NOT_FOUND, "no such model")));
        Reply chat =
                client.post("/api/chat", "{\"model\":\"nope\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}");
        Reply missing = client.post("/api/generate", "{\"model\":\"smollm2:135m\",\"prompt\":\"x\"}");

        assertThat(chat.status()).isEqualTo(404);
        assertThat(chat.body()).isEqualTo("{\"error\":\"model 'nope' not found\"}");
        assertThat(missing.body())
                .isEqualTo("{\"error\":\"model 'smollm2:135m' not found: its file is not in models\"}");
    }

    @Test
    void saysWhenToComeBack() {
        answers.script(FakeAnswers.fails(
                new PluginFailure.Retriable(FailureCode.RATE_LIMITED, "rate limit exceeded", Duration.ofMillis(2500))));
        assertThat(client.post("/api/generate", STREAM).header("Retry-After")).isEqualTo("3");

        answers.script(FakeAnswers.fails(new PluginFailure.Retriable(FailureCode.STARTING, "the model is loading")));
        assertThat(client.post("/api/generate", STREAM).header("Retry-After")).isEqualTo("5");
    }

    @Test
    void endsABrokenStreamWithAnErrorLine() {
        answers.script(FakeAnswers.breaksOff(new PluginFailure.Retriable(FailureCode.BROKEN_OFF, "the model died")));
        Reply stream = client.post("/api/generate", STREAM);
        Reply whole = client.post("/api/generate", WHOLE);

        assertThat(stream.status()).isEqualTo(200);
        assertThat(stream.lines()).hasSize(2);
        assertThat(stream.lines().getLast().toString()).isEqualTo("{\"error\":\"the model died\"}");
        assertThat(whole.status()).isEqualTo(500);
        assertThat(whole.body()).isEqualTo("{\"error\":\"the model died\"}");
    }

    @Test
    void writesNoHalfCharacters() {
        answers.script(FakeAnswers.says("half \ud83d"));

        assertThat(client.post("/api/generate", STREAM).body()).contains("\"response\":\"half \uFFFD\"");
        assertThat(client.post("/api/generate", WHOLE).body()).contains("\"response\":\"half \uFFFD\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {WHOLE, STREAM})
    void tellsNothingOfAFaultOfItsOwn(String body) {
        answers.script(FakeAnswers.fails(new IllegalStateException("a secret of the inside")));
        Reply reply = client.post("/api/generate", body);

        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.body()).isEqualTo("{\"error\":\"internal server error\"}");
    }

    @Test
    void answers499WhereTheRequestWasCancelled() {
        answers.script(FakeAnswers.fails(new PluginFailure.Cancelled()));
        Reply reply = client.post("/api/generate", WHOLE);

        assertThat(reply.status()).isEqualTo(499);
        assertThat(reply.body()).isEqualTo("{\"error\":\"request canceled\"}");
    }

    @Test
    void answersAnEndWithoutAnAnswer() {
        answers.script((request, sink) -> {});

        assertThat(client.post("/api/generate", WHOLE).status()).isEqualTo(500);
        assertThat(client.post("/api/generate", STREAM).status()).isEqualTo(500);
    }

    @Test
    void sendsEachPieceAtOnceAndASignOfLifeThatIsAChunk() throws IOException {
        CompletableFuture<Void> goOn = new CompletableFuture<>();
        answers.script((request, sink) -> {
            sink.idle();
            sink.start(FakeAnswers.start(CacheStatus.MISS));
            sink.event(new ModelEvent.Text("first"));
            sink.idle();
            goOn.orTimeout(20, TimeUnit.SECONDS).join();
            FakeAnswers.says("second").play(request, new AfterStart(sink));
        });
        try (RawConnection connection = new RawConnection(server.port())) {
            connection.post("/api/generate", STREAM);
            String head = connection.readHead();
            String first = connection.chunk();
            String alive = connection.chunk();
            goOn.complete(null);

            assertThat(head).startsWith("HTTP/1.1 200");
            assertThat(first).contains("\"response\":\"first\"").endsWith("\"done\":false}\n");
            assertThat(alive).contains("\"response\":\"\"").endsWith("\"done\":false}\n");
            assertThat(connection.chunk()).contains("second");
        }
    }

    @Test
    void stopsWhereTheClientHasLeft() throws Exception {
        CompletableFuture<Throwable> stopped = new CompletableFuture<>();
        answers.script((request, sink) -> {
            sink.start(FakeAnswers.start(CacheStatus.MISS));
            try {
                for (int i = 0; i < 1_000_000; i++) {
                    sink.event(new ModelEvent.Text("x".repeat(1000)));
                }
            } catch (RuntimeException e) {
                stopped.complete(e);
                throw e;
            }
        });
        RawConnection connection = new RawConnection(server.port());
        connection.post("/api/generate", STREAM);
        connection.readHead();
        connection.close();

        assertThat(stopped.get(30, TimeUnit.SECONDS)).isInstanceOf(PluginFailure.Cancelled.class);
        answers.script(FakeAnswers.says("Hi"));
        assertThat(client.post("/api/generate", WHOLE).status()).isEqualTo(200);
    }

    private record AfterStart(AnswerSink sink) implements AnswerSink {
        @Override
        public void start(AnswerStart start) {}

        @Override
        public void event(ModelEvent event) {
            sink.event(event);
        }

        @Override
        public void end(AnswerEnd end) {
            sink.end(end);
        }
    }
}
