package ai.orchestrator.server.http.openai;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.model.Capability;
import ai.orchestrator.server.http.FakeCatalog;
import ai.orchestrator.server.http.TestClient.Reply;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddingsAndModelsTest extends OpenAiFixture {
    private static final long CREATED = 1_787_338_102;

    @Test
    void embedsTextsInOrder() {
        Reply reply = client.post("/v1/embeddings", "{\"model\":\"bert\",\"input\":[\"a\",\"b\"],\"dimensions\":2}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        assertThat(reply.body())
                .isEqualTo("{\"object\":\"list\",\"data\":["
                        + "{\"object\":\"embedding\",\"embedding\":[0.6,0.8],\"index\":0},"
                        + "{\"object\":\"embedding\",\"embedding\":[0.6,0.8],\"index\":1}],"
                        + "\"model\":\"bert\",\"usage\":{\"prompt_tokens\":4,\"total_tokens\":4}}\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"base64", "Base64"})
    void packsVectorsWhereItIsAskedTo(String format) {
        String packed = client.post(
                        "/v1/embeddings",
                        "{\"model\":\"bert\",\"input\":\"\",\"dimensions\":2,\"encoding_format\":\"" + format + "\"}")
                .json()
                .at("/data/0/embedding")
                .asText();
        ByteBuffer floats = ByteBuffer.wrap(Base64.getDecoder().decode(packed)).order(ByteOrder.LITTLE_ENDIAN);

        assertThat(floats.getFloat()).isEqualTo(0.6f);
        assertThat(floats.getFloat()).isEqualTo(0.8f);
        assertThat(floats.hasRemaining()).isFalse();
    }

    @Test
    void takesAnyCaseOfTheFormatAndATextAlone() {
        Reply reply =
                client.post("/v1/embeddings", "{\"model\":\"bert\",\"input\":\"a\",\"encoding_format\":\"FLOAT\"}");

        assertThat(reply.json().at("/data/0/embedding").size()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"model\":\"bert\"}|400|invalid_request_error|invalid input",
                "{\"model\":\"bert\",\"input\":[]}|400|invalid_request_error|invalid input",
                "{\"model\":\"bert\",\"input\":[1,2]}|400|invalid_request_error|invalid input type: text or a list of texts is needed",
                "{\"model\":\"bert\",\"input\":\"a\",\"encoding_format\":\"hex\"}|400|invalid_request_error|Invalid value for 'encoding_format' = hex. Supported values: ['float', 'base64'].",
                "{\"model\":\"nope\",\"input\":\"a\"}|404|not_found_error|model \"nope\" not found, try pulling it first",
                "{\"input\":\"a\"}|404|not_found_error|model '' not found",
                "{\"model\":\"test\",\"input\":\"a\"}|501|api_error|This server does not support embeddings. Start it with `--embeddings`"
            })
    void refusesWhatCannotBeEmbedded(String body, int status, String type, String message) {
        Reply reply = client.post("/v1/embeddings", body);

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.body()).isEqualTo(error(type, message));
    }

    @Test
    void listsModelsAsTagsDo() {
        catalog.models.clear();
        catalog.models.add(FakeCatalog.model("test:latest", Capability.COMPLETION));
        catalog.models.add(FakeCatalog.model("openrouter/auto:latest", Capability.COMPLETION));
        catalog.models.add(FakeCatalog.model("hf.co/org/repo:q4", Capability.COMPLETION));
        Reply reply = client.get("/v1/models");

        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        assertThat(reply.body())
                .isEqualTo("{\"object\":\"list\",\"data\":["
                        + "{\"id\":\"test:latest\",\"object\":\"model\",\"created\":" + CREATED
                        + ",\"owned_by\":\"library\"},"
                        + "{\"id\":\"openrouter/auto:latest\",\"object\":\"model\",\"created\":" + CREATED
                        + ",\"owned_by\":\"openrouter\"},"
                        + "{\"id\":\"hf.co/org/repo:q4\",\"object\":\"model\",\"created\":" + CREATED
                        + ",\"owned_by\":\"org\"}]}\n");
    }

    @Test
    void listsNoModelsAsOllamaDoes() {
        catalog.models.clear();

        assertThat(client.get("/v1/models").body()).isEqualTo("{\"object\":\"list\",\"data\":null}\n");
    }

    @ParameterizedTest
    @CsvSource({
        "test,test,library",
        "Test:latest,Test:latest,library",
        "a/b/c:d,a/b/c:d,b",
        "a%2Fb%2fc:d,a/b/c:d,b",
        "library/test,library/test,library"
    })
    void tellsOfOneModelByAnyName(String path, String id, String owner) {
        catalog.models.add(FakeCatalog.model("a/b/c:d", Capability.COMPLETION));
        Reply reply = client.get("/v1/models/" + path);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body())
                .isEqualTo("{\"id\":\"" + id + "\",\"object\":\"model\",\"created\":" + CREATED + ",\"owned_by\":\""
                        + owner + "\"}\n");
    }

    @Test
    void saysThatAModelIsNotThere() {
        Reply reply = client.get("/v1/models/no/such");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.body()).isEqualTo(error("not_found_error", "model 'no/such:latest' not found"));
    }

    @Test
    void knowsPathsOfModelsFromOthers() {
        assertThat(client.get("/v1/models/a%20b").body())
                .isEqualTo(error("invalid_request_error", "invalid model name"));
        assertThat(client.get("/v1/models/").raw().headers().firstValue("Location"))
                .contains("/v1/models");
        assertThat(client.post("/v1/models/a/b", "{}").body()).isEqualTo(error("api_error", "405 method not allowed"));
    }
}
