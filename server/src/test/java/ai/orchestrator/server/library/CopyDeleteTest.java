package ai.orchestrator.server.library;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.embed.EmbeddingRequest;
import ai.orchestrator.plugin.model.LoadedModel;
import ai.orchestrator.server.http.TestClient.Reply;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CopyDeleteTest extends LibraryFixture {
    private final byte[] weights = TestGguf.weights("tiny").bytes();

    private void tiny() {
        registry.model("library/tiny/manifests/latest")
                .layer(MediaTypes.WEIGHTS, weights)
                .publish();
        pull("tiny");
    }

    private Reply copy(String source, String destination) {
        return client.post("/api/copy", "{\"source\":\"" + source + "\",\"destination\":\"" + destination + "\"}");
    }

    @Test
    void aCopySharesTheFiles() {
        tiny();
        Reply reply = copy("tiny", "me/again:v1");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEmpty();
        assertThat(listed()).containsExactlyInAnyOrder("tiny:latest", "me/again:v1");
        assertThat(tag("me/again:v1").path("digest"))
                .isEqualTo(tag("tiny:latest").path("digest"));
        assertThat(files()).filteredOn(file -> file.startsWith("blobs")).hasSize(2);
    }

    @Test
    void whatOneNameNeedsStaysWhenAnotherGoes() {
        tiny();
        copy("tiny", "again");
        assertThat(delete("{\"model\":\"tiny\"}").status()).isEqualTo(200);

        assertThat(listed()).containsExactly("again:latest");
        assertThat(runner.unloaded).containsExactly("tiny:latest");
        assertThat(runner.offered.getFirst().weights()).hasBinaryContent(weights);

        Reply last = delete("{\"name\":\"again\"}");
        assertThat(last.body()).isEmpty();
        assertThat(files()).isEmpty();
        assertThat(runner.offered).isEmpty();
        assertThat(folder.resolve("manifests")).isEmptyDirectory();
    }

    @Test
    void copiesAConfiguredModelAsASecondName() {
        runner.own.add(FakeRunner.model("own:latest", "a".repeat(64), Optional.empty()));

        assertThat(copy("own", "backup").status()).isEqualTo(200);
        assertThat(listed()).containsExactly("backup:latest");
        assertThat(catalog.embed(EmbeddingRequest.of("backup:latest", List.of("x")))
                        .vectors()
                        .getFirst())
                .containsExactly("own:latest".length());
        assertThat(delete("{\"model\":\"backup\"}").status()).isEqualTo(200);
        assertThat(listed()).isEmpty();
        assertThat(runner.unloaded).isEmpty();
    }

    @Test
    void listsASecondNameAsLoadedOnceItWasAskedFor() {
        runner.own.add(FakeRunner.model("own:latest", "a".repeat(64), Optional.empty()));
        runner.loaded = List.of(new LoadedModel("own:latest", "fake 1", 7, 2048, Optional.empty()));
        copy("own", "backup");
        assertThat(running()).containsExactly("own:latest");

        client.post("/api/generate", "{\"model\":\"backup\"}");
        assertThat(running()).containsExactlyInAnyOrder("own:latest", "backup:latest");

        runner.loaded = List.of();
        assertThat(running()).isEmpty();
    }

    private List<String> running() {
        return client.get("/api/ps").json().path("models").findValuesAsText("name");
    }

    @Test
    void aConfiguredNameHidesAStoredOne() {
        tiny();
        runner.own.add(FakeRunner.model("tiny:latest", "a".repeat(64), Optional.empty()));
        restart(false);

        assertThat(tag("tiny:latest").path("digest").asText()).isEqualTo("a".repeat(64));
        assertThat(runner.offered).isEmpty();
        assertThat(show("tiny").path("template").asText()).isEqualTo("{{ own }}");
    }

    @Test
    void anAliasOfWhatIsGoneIsNotOffered() {
        runner.own.add(FakeRunner.model("own:latest", "a".repeat(64), Optional.empty()));
        copy("own", "backup");
        runner.own.clear();

        assertThat(listed()).isEmpty();
        assertThat(client.post("/api/show", "{\"model\":\"backup\"}").body())
                .contains("it stands for 'own:latest', which is not there any more");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            nope | x    | 404 | model "nope" not found
            a b  | x    | 400 | source "a b" is invalid
            tiny | a b  | 400 | destination "a b" is invalid
            tiny | auto | 400 | model 'auto:latest' is part of this server's configuration and cannot be replaced
            """)
    void refusesToCopy(String source, String destination, int status, String message) {
        Reply reply = copy(source, destination);

        assertThat(error(reply)).isEqualTo(message);
        assertThat(reply.status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                | 400 | model is required
            {"model":"a b"}   | 400 | name "a b" is invalid
            {"model":"nope"}  | 404 | model 'nope' not found
            {"name":"auto"}   | 400 | model 'auto' is part of this server's configuration and cannot be deleted by a request
            """)
    void refusesToDelete(String body, int status, String message) {
        Reply reply = delete(body);

        assertThat(error(reply)).isEqualTo(message);
        assertThat(reply.status()).isEqualTo(status);
    }

    @Test
    void keepsBlobs() {
        byte[] bytes = "some bytes".getBytes(StandardCharsets.UTF_8);
        String digest = BlobDigest.of(bytes).toString();

        assertThat(client.send("HEAD", "/api/blobs/" + digest, HttpRequest.BodyPublishers.noBody())
                        .status())
                .isEqualTo(404);
        assertThat(upload(bytes, digest).status()).isEqualTo(201);
        assertThat(upload(bytes, digest).status()).isEqualTo(200);
        assertThat(client.send("HEAD", "/api/blobs/" + digest, HttpRequest.BodyPublishers.noBody())
                        .status())
                .isEqualTo(200);
        assertThat(client.get("/api/blobs/" + digest).status()).isEqualTo(405);
    }

    @Test
    void takesBlobsOfAnySize() {
        byte[] bytes = new byte[5_000_000];
        assertThat(upload(bytes, BlobDigest.of(bytes).toString()).status()).isEqualTo(201);
    }

    @Test
    void refusesBlobsThatAreNotWhatTheySay() {
        String zero = "sha256:" + "0".repeat(64);
        Reply wrong = upload(new byte[] {1}, zero);
        Reply bad = upload(new byte[] {1}, "sha256:12");

        assertThat(wrong.status()).isEqualTo(400);
        assertThat(error(wrong))
                .isEqualTo("digest mismatch, expected \"" + zero + "\", got \"" + BlobDigest.of(new byte[] {1}) + "\"");
        assertThat(bad.status()).isEqualTo(400);
        assertThat(error(bad)).isEqualTo("invalid digest format");
        assertThat(files()).isEmpty();
    }

    @Test
    void pushesNothing() {
        Reply streamed = client.post("/api/push", "{\"model\":\"tiny\"}");
        Reply whole = client.post("/api/push", "{\"model\":\"tiny\",\"stream\":false}");

        assertThat(streamed.lines())
                .extracting(Object::toString)
                .containsExactly(
                        "{\"status\":\"retrieving manifest\"}",
                        "{\"error\":\"pushing is not supported by this server\"}");
        assertThat(whole.status()).isEqualTo(500);
        assertThat(error(client.post("/api/push", "{}"))).isEqualTo("model is required");
    }
}
