package ai.orchestrator.server.http.openai;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.server.http.FakeAnswers;
import ai.orchestrator.server.http.HttpSettings;
import ai.orchestrator.server.http.RawConnection;
import ai.orchestrator.server.http.TestClient.Reply;
import ai.orchestrator.server.http.TestServer;
import ai.orchestrator.server.orchestration.AnswerFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailureTest extends OpenAiFixture {
    private static final String PATH = "/v1/chat/completions";
    private static final String WHOLE = HELLO + "}";
    private static final String STREAM = HELLO + ",\"stream\":true}";

    @ParameterizedTest
    @CsvSource({
        "RATE_LIMITED,429,api_error",
        "OVERLOADED,503,api_error",
        "TIMEOUT,504,api_error",
        "CONTEXT_LENGTH,400,invalid_request_error",
        "UNSUPPORTED,400,invalid_request_error",
        "NOT_FOUND,404,not_found_error",
        "CREDENTIALS,502,api_error",
        "QUOTA,402,api_error",
        "BROKEN_OFF,500,api_error"
    })
    void givesEachFailureItsStatusAndTypeWhetherStreamedOrNot(FailureCode code, int status, String type) {
        answers.script(FakeAnswers.fails(new PluginFailure.Permanent(code, "not today")));

        for (String body : new String[] {WHOLE, STREAM}) {
            Reply reply = client.post(PATH, body);
            assertThat(reply.status()).isEqualTo(status);
            assertThat(reply.header("Content-Type")).isEqualTo("application/json");
            assertThat(reply.body()).isEqualTo(error(type, "not today"));
        }
    }

    @ParameterizedTest
    @CsvSource({"NOT_CACHED,504", "OVER_BUDGET,429", "NO_ROUTE,500"})
    void givesEachRefusalItsStatus(AnswerFailure.Kind kind, int status) {
        answers.script(FakeAnswers.fails(new AnswerFailure(kind, "not today")));
        Reply reply = client.post(PATH, WHOLE);

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.body()).isEqualTo(error("api_error", "not today"));
    }

    @Test
    void saysWhenToComeBack() {
        answers.script(FakeAnswers.fails(new PluginFailure.Retriable(FailureCode.OVERLOADED, "server busy")));

        assertThat(client.post(PATH, STREAM).header("Retry-After")).isEqualTo("5");
    }

    @Test
    void saysThatAModelIsNotThere() {
        answers.script(FakeAnswers.fails(new AnswerFailure(AnswerFailure.Kind.MODEL_NOT_FOUND, "no such model")));
        Reply reply = client.post(PATH, WHOLE.replace("test", "nope"));

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.body()).isEqualTo(error("not_found_error", "model 'nope' not found"));
    }

    @Test
    void endsABrokenStreamWithTheErrorAndWithoutDone() {
        answers.script(FakeAnswers.breaksOff(new PluginFailure.Retriable(FailureCode.BROKEN_OFF, "the model died")));
        Reply stream = client.post(PATH, STREAM);

        assertThat(stream.status()).isEqualTo(200);
        assertThat(data(stream.body())).hasSize(2);
        assertThat(data(stream.body()).getLast())
                .isEqualTo(error("api_error", "the model died").strip());
    }

    @Test
    void tellsNothingOfAFaultOfItsOwn() {
        answers.script(FakeAnswers.fails(new IllegalStateException("a secret of the inside")));
        Reply reply = client.post(PATH, WHOLE);

        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.body()).isEqualTo(error("api_error", "internal server error"));
    }

    @Test
    void doesNotTakeAnEarlyEndForAWholeAnswer() {
        answers.script((request, sink) -> {});

        assertThat(client.post(PATH, WHOLE).status()).isEqualTo(500);
        assertThat(client.post(PATH, STREAM).status()).isEqualTo(500);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "~~|missing request body",
                "nonsense|invalid character 'n' looking for beginning of value",
                "{\"model\":|unexpected EOF"
            })
    void refusesWhatIsNoJson(String body, String message) {
        Reply reply = client.post(PATH, body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).isEqualTo(error("invalid_request_error", message));
    }

    @Test
    void refusesABodyOverTheLimit() {
        Reply reply = client.post(PATH, "{\"model\":\"" + "x".repeat((int) MAX_BODY) + "\"}");

        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.body()).isEqualTo(error("api_error", "request body is larger than 1000000 bytes"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/chat/completions", "/v1/completions", "/v1/embeddings", "/v1/audio/transcriptions"})
    void answersAWrongMethodInItsOwnShape(String path) {
        Reply reply = client.get(path);

        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.header("Allow")).isEqualTo("POST");
        assertThat(reply.body()).isEqualTo(error("api_error", "405 method not allowed"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/images/generations", "/v1/rerank", "/v1/audio/translations", "/v1"})
    void hasNothingAtOtherPaths(String path) {
        Reply reply = client.post(path, "{}");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.header("Content-Type")).startsWith("text/plain");
        assertThat(reply.body()).isEqualTo("404 page not found");
    }

    @Test
    void refusesOneCallTooManyInItsOwnShape() {
        try (TestServer limited = TestServer.of(oneCallAMinute(), new OpenAiSurface(answers, catalog, MAX_BODY))) {
            limited.client().post(PATH, WHOLE);
            Reply refused = limited.client().post(PATH, WHOLE);

            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.header("Retry-After")).isNotEmpty();
            assertThat(refused.body()).isEqualTo(error("api_error", "too many requests, please try again later"));
        }
    }

    @Test
    void answersWhatIsNoHttpInItsOwnShape() throws IOException {
        try (RawConnection connection = new RawConnection(server.port())) {
            connection.write("POST " + PATH + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: many\r\n\r\n");
            RawConnection.Reply reply = connection.read();

            assertThat(reply.status()).contains("400");
            assertThat(reply.headers()).containsEntry("content-type", "application/json");
            assertThat(reply.body()).isEqualTo(error("invalid_request_error", "the request is not valid HTTP"));
        }
    }

    private static HttpSettings oneCallAMinute() {
        return new HttpSettings(
                "127.0.0.1",
                0,
                MAX_BODY,
                -1,
                -1,
                Duration.ofMinutes(1),
                Duration.ofSeconds(1),
                List.of(),
                List.of(),
                Optional.of(new HttpSettings.CallRate(1, Duration.ofMinutes(1))));
    }
}
