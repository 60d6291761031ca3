package ai.orchestrator.server.http.ollama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.embed.EmbeddingResult;
import ai.orchestrator.server.http.TestClient.Reply;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmbedTest extends OllamaFixture {
    @Test
    void givesAVectorOfLengthOneForEachText() {
        JsonNode body = client.post("/api/embed", "{\"model\":\"bert\",\"input\":[\"a\",\"b\"]}")
                .json();

        assertThat(body.fieldNames())
                .toIterable()
                .containsExactly("model", "embeddings", "total_duration", "load_duration", "prompt_eval_count");
        assertThat(body.path("model").asText()).isEqualTo("bert");
        assertThat(body.path("embeddings").size()).isEqualTo(2);
        assertThat(body.path("embeddings").path(0).path(0).asDouble()).isCloseTo(3 / 13.0, within(1e-6));
        assertThat(body.path("embeddings").path(0).path(2).asDouble()).isCloseTo(12 / 13.0, within(1e-6));
        assertThat(body.path("prompt_eval_count").asInt()).isEqualTo(4);
    }

    @Test
    void cutsToTheWantedSizeAndNormalisesAgain() {
        JsonNode vector = client.post("/api/embed", "{\"model\":\"bert\",\"input\":\"a\",\"dimensions\":2}")
                .json()
                .path("embeddings")
                .path(0);
        JsonNode uncut = client.post("/api/embed", "{\"model\":\"bert\",\"input\":\"a\",\"dimensions\":99}")
                .json()
                .path("embeddings")
                .path(0);

        assertThat(vector.size()).isEqualTo(2);
        assertThat(vector.path(0).asDouble()).isCloseTo(0.6, within(1e-6));
        assertThat(vector.path(1).asDouble()).isCloseTo(0.8, within(1e-6));
        assertThat(uncut.size()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"input\":\"\"", ",\"input\":[]", ",\"input\":null"})
    void onlyLoadsWhereThereIsNothingToEmbed(String input) {
        assertThat(client.post("/api/embed", "{\"model\":\"bert\"" + input + "}")
                        .body())
                .isEqualTo("{\"model\":\"bert\",\"embeddings\":[]}");
        assertThat(catalog.calls).containsExactly("load bert:latest default");
    }

    @Test
    void passesOnWhetherALongTextIsCut() {
        client.post("/api/embed", "{\"model\":\"BERT\",\"input\":\"a\",\"truncate\":false,\"keep_alive\":60}");

        assertThat(catalog.calls.getFirst()).contains("model=bert:latest", "truncate=false", "PT1M");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"input":"a"}                          | 404 | model '' not found
                    {"model":"nope","input":"a"}           | 404 | model "nope" not found, try pulling it first
                    {"model":"smollm2:x","input":"a"}      | 404 | model "smollm2:x" not found, try pulling it first: its file is not in models
                    {"model":"bert","input":5}             | 400 | invalid input type
                    {"model":"bert","input":["a",5]}       | 400 | invalid input type
                    {"model":"bert","input":{"a":1}}       | 400 | invalid input type
                    {"model":"test","input":"a"}           | 501 | This server does not support embeddings. Start it with `--embeddings`
                    {"model":"auto","input":"a"}           | 501 | This server does not support embeddings. Start it with `--embeddings`
                    {"model":"bert","input":"a","dimensions":1.5} | 400 | json: cannot unmarshal number into Go struct field EmbedRequest.dimensions of type int
                    """)
    void refusesWhatIsWrong(String body, int status, String message) {
        Reply reply = client.post("/api/embed", body);

        assertThat(reply.json().path("error").asText()).isEqualTo(message);
        assertThat(reply.status()).isEqualTo(status);
    }

    @Test
    void tellsWhyATextCannotBeEmbedded() {
        catalog.embedding = request -> {
            throw new PluginFailure.Permanent(
                    FailureCode.CONTEXT_LENGTH, "the input length exceeds the context length");
        };
        Reply reply = client.post("/api/embed", "{\"model\":\"bert\",\"input\":\"a\",\"truncate\":false}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).isEqualTo("{\"error\":\"the input length exceeds the context length\"}");
    }

    @Test
    void passesOnNoNumbersThatAreNone() {
        catalog.embedding = request -> new EmbeddingResult(List.of(new float[] {Float.NaN}), 1, Duration.ZERO);

        assertThat(client.post("/api/embed", "{\"model\":\"bert\",\"input\":\"a\"}")
                        .status())
                .isEqualTo(502);
    }

    @Test
    void keepsAVectorOfZeros() {
        catalog.embedding = request -> new EmbeddingResult(List.of(new float[] {0, 0}), 0, Duration.ZERO);
        JsonNode body = client.post("/api/embed", "{\"model\":\"bert\",\"input\":\"a\"}")
                .json();

        assertThat(body.path("embeddings").toString()).isEqualTo("[[0.0,0.0]]");
        assertThat(body.has("load_duration")).isFalse();
    }

    @Test
    void answersTheOlderFormAsTheModelGivesIt() {
        assertThat(client.post("/api/embeddings", "{\"model\":\"bert\",\"prompt\":\"a\"}")
                        .body())
                .isEqualTo("{\"embedding\":[3.0,4.0,12.0]}");
        assertThat(client.post("/api/embeddings", "{\"model\":\"bert\"}").body())
                .isEqualTo("{\"embedding\":[]}");
        assertThat(client.post("/api/embeddings", "{}").body()).isEqualTo("{\"error\":\"model is required\"}");
        assertThat(client.post("/api/embeddings", "{\"model\":\"nope\",\"prompt\":\"a\"}")
                        .status())
                .isEqualTo(404);
        assertThat(client.post("/api/embeddings", "{\"model\":\"bert\",\"prompt\":[]}")
                        .status())
                .isEqualTo(400);
        assertThat(client.post("/api/embeddings", "").body()).isEqualTo("{\"error\":\"missing request body\"}");
    }
}
