package ai.orchestrator.server.library;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.server.http.TestClient.Reply;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PullTest extends LibraryFixture {
    private static final String TINY = "library/tiny/manifests/latest";
    private final byte[] weights = TestGguf.weights("tiny").data(200_000).bytes();
    private final String digest = BlobDigest.of(weights).toString();
    private final String brief = digest.substring(7, 19);

    private byte[] publish() {
        return registry.model(TINY)
                .layer(MediaTypes.WEIGHTS, weights)
                .layer(MediaTypes.SYSTEM, "Be brief.")
                .layer(MediaTypes.PARAMETERS, "{\"stop\":[\"<|im_end|>\"],\"temperature\":0.5}")
                .layer(MediaTypes.LICENSE, "Apache-2.0")
                .publish();
    }

    @Test
    void getsAModel() {
        byte[] manifest = publish();
        Reply reply = pull("tiny");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo("application/x-ndjson");
        List<String> statuses = statuses(reply);
        assertThat(statuses.getFirst()).isEqualTo("pulling manifest");
        assertThat(statuses.get(1)).isEqualTo("pulling " + brief);
        assertThat(statuses.subList(statuses.size() - 3, statuses.size()))
                .containsExactly("verifying sha256 digest", "writing manifest", "success");
        JsonNode whole = reply.lines().stream()
                .filter(line -> line.path("digest").asText().equals(digest))
                .reduce((first, last) -> last)
                .orElseThrow();
        assertThat(whole.toString())
                .isEqualTo("{\"status\":\"pulling " + brief + "\",\"digest\":\"" + digest + "\",\"total\":"
                        + weights.length + ",\"completed\":" + weights.length + "}");

        JsonNode tag = tag("tiny:latest");
        assertThat(tag.path("digest").asText())
                .isEqualTo(BlobDigest.of(manifest).hex());
        assertThat(tag.path("size").asLong()).isGreaterThan(weights.length);
        assertThat(runner.offered).singleElement().satisfies(files -> {
            assertThat(files.name()).isEqualTo("tiny:latest");
            assertThat(files.weights()).hasBinaryContent(weights);
        });
        assertThat(files()).contains("manifests/registry.ollama.ai/library/tiny/latest");
    }

    @Test
    void survivesARestart() {
        publish();
        pull("tiny");
        runner.offered = List.of();
        restart(false);

        assertThat(listed()).containsExactly("tiny:latest");
        assertThat(show("tiny").path("system").asText()).isEqualTo("Be brief.");
    }

    @Test
    void tellsOnlyTheEndWithoutAStream() {
        publish();
        Reply reply = client.post("/api/pull", "{\"name\":\"tiny\",\"stream\":false}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        assertThat(reply.body()).isEqualTo("{\"status\":\"success\"}");
    }

    @Test
    void goesOnWhereTheConnectionBroke() {
        publish();
        registry.bytesBeforeBreak = 70_000;
        registry.breaks.set(2);

        assertThat(statuses(pull("tiny")).getLast()).isEqualTo("success");
        assertThat(registry.requests).anyMatch(request -> request.contains(digest + " bytes="));
        assertThat(runner.offered.getFirst().weights()).hasBinaryContent(weights);
    }

    @Test
    void goesOnWithWhatAnEarlierPullLeft() throws IOException {
        publish();
        byte[] begin = Arrays.copyOf(weights, 50_000);
        Path partial = folder.resolve("blobs/sha256-" + digest.substring(7) + "-partial");
        Files.createDirectories(partial.resolveSibling("."));
        Files.write(partial, begin);

        assertThat(statuses(pull("tiny")).getLast()).isEqualTo("success");
        assertThat(registry.requests).contains("GET /v2/library/tiny/blobs/" + digest + " bytes=50000-");
    }

    @Test
    void startsAnewWhereWhatIsLeftIsWrong() throws IOException {
        publish();
        Path partial = folder.resolve("blobs/sha256-" + digest.substring(7) + "-partial");
        Files.createDirectories(partial.resolveSibling("."));
        Files.write(partial, new byte[50_000]);

        assertThat(statuses(pull("tiny")).getLast()).isEqualTo("success");
        assertThat(runner.offered.getFirst().weights()).hasBinaryContent(weights);
    }

    @Test
    void givesUpWhereNothingArrivesAndKeepsWhatIsThere() {
        publish();
        registry.bytesBeforeBreak = 0;
        registry.breaks.set(1000);
        Reply reply = pull("tiny");

        assertThat(error(reply)).startsWith("layer " + brief + ": the transfer fails");
        assertThat(listed()).isEmpty();
    }

    @Test
    void neverTellsOfLessThanBefore() {
        publish();
        registry.bytesBeforeBreak = 150_000;
        registry.breaks.set(1);
        registry.rangesIgnored = true;
        List<Long> completed = pull("tiny").lines().stream()
                .filter(line -> line.path("digest").asText().equals(digest))
                .map(line -> line.path("completed").asLong())
                .toList();

        assertThat(completed).isSorted().last().isEqualTo((long) weights.length);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 503})
    void comesBackToARegistryThatIsBusy(int status) {
        publish();
        registry.refusal = status;
        registry.refusals.set(2);

        assertThat(statuses(pull("tiny")).getLast()).isEqualTo("success");
    }

    @Test
    void asksForANewAddressWhereOneHasRunOut() {
        publish();
        try (FakeRegistry elsewhere = new FakeRegistry()) {
            elsewhere.keep(weights);
            elsewhere.refusal = 403;
            elsewhere.refusals.set(1);
            registry.redirect = Optional.of(elsewhere.uri().toString());
            pull("tiny");

            assertThat(registry.timesAsked(digest)).isEqualTo(2);
            assertThat(files()).anyMatch(file -> file.endsWith(digest.substring(7)));
        }
    }

    @Test
    void keepsWhatIsThereWhereOnlyAPartIsMissing() {
        registry.model(TINY)
                .layer(MediaTypes.WEIGHTS, weights)
                .layer(MediaTypes.SYSTEM, "sha256:" + "0".repeat(64), 9)
                .publish();

        assertThat(error(pull("tiny"))).isEqualTo("layer 000000000000: the server answers with status 404");
        assertThat(files()).containsExactly("blobs/sha256-" + digest.substring(7));
        assertThat(listed()).isEmpty();
    }

    @Test
    void takesPartsThatAreEmptyOrNamedTwice() {
        registry.model(TINY)
                .layer(MediaTypes.WEIGHTS, weights)
                .layer(MediaTypes.WEIGHTS, weights)
                .layer(MediaTypes.SYSTEM, "")
                .publish();

        assertThat(statuses(pull("tiny")).getLast()).isEqualTo("success");
        assertThat(registry.timesAsked(digest)).isOne();
    }

    @Test
    void readsACompressedManifest() {
        publish();
        registry.compressed = true;

        assertThat(statuses(pull("tiny")).getLast()).isEqualTo("success");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"TINY", "Tiny:Latest", "https://registry.ollama.ai/library/tiny", "HTTP://hf.co/Library/tiny"})
    void findsAModelUnderOtherSpellings(String name) {
        publish();

        assertThat(statuses(pull(name)).getLast()).isEqualTo("success");
        assertThat(show(name).path("details").path("format").asText()).isEqualTo("gguf");
    }

    @Test
    void pullsAnewUnderTheSpellingThatItHas() {
        registry.model("Org/Tiny/manifests/Q4_K_M")
                .layer(MediaTypes.WEIGHTS, weights)
                .publish();
        pull("hf.co/Org/Tiny:Q4_K_M");

        assertThat(statuses(pull("hf.co/org/tiny:q4_k_m")).getLast()).isEqualTo("success");
        assertThat(files()).contains("manifests/hf.co/Org/Tiny/Q4_K_M");
    }

    @Test
    void leavesNothingOfAModelWithAFalseSum() {
        publish();
        byte[] other = weights.clone();
        other[other.length - 1]++;
        registry.swap(digest, other);
        Reply reply = pull("tiny");

        assertThat(error(reply)).startsWith("layer " + brief + ": digest mismatch: the file has the SHA-256 sum ");
        assertThat(files()).isEmpty();
        assertThat(listed()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1})
    void leavesNothingOfAModelWithAFalseSize(int difference) {
        registry.model(TINY)
                .layer(MediaTypes.LICENSE, "Apache-2.0")
                .layer(MediaTypes.WEIGHTS, registry.keep(weights), weights.length + difference)
                .publish();
        Reply reply = pull("tiny");

        assertThat(error(reply)).contains("bytes instead of " + (weights.length + difference));
        assertThat(files()).isEmpty();
    }

    @Test
    void stopsABodyThatDoesNotEnd() {
        publish();
        registry.endless = true;
        Reply reply = pull("tiny");

        assertThat(error(reply)).contains("it gives more than the " + weights.length + " bytes");
        assertThat(files()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[]} | a manifest of type 'application/vnd.oci.image.index.v1+json' does not describe a model
            {"schemaVersion":1} | its schema version is not 2
            not json | it is not a JSON object
            {"schemaVersion":2,"layers":7} | it has no list of layers, or too long a one
            {"schemaVersion":2,"layers":[{"digest":"sha256:../../../../etc/passwd","size":1}]} | it has a layer whose digest is not a SHA-256 sum
            {"schemaVersion":2,"layers":[{"digest":"/etc/passwd","size":1}]} | it has a layer whose digest is not a SHA-256 sum
            {"schemaVersion":2,"layers":[{"digest":"sha256:0000000000000000000000000000000000000000000000000000000000000000","size":-1}]} | it has a layer whose size is not a number of bytes
            """)
    void refusesAManifestThatIsNone(String manifest, String reason) {
        registry.manifest(TINY, manifest);

        assertThat(error(pull("tiny"))).isEqualTo("pull model manifest: " + reason);
        assertThat(files()).isEmpty();
    }

    @Test
    void refusesWeightsThatAreNoGguf() {
        registry.model(TINY).layer(MediaTypes.WEIGHTS, "no weights at all").publish();

        assertThat(error(pull("tiny"))).isEqualTo("this is not a model: it is not a GGUF file");
        assertThat(files()).isEmpty();
        assertThat(listed()).isEmpty();
    }

    @Test
    void refusesWeightsThatAreCutOff() {
        byte[] cut = Arrays.copyOf(weights, weights.length - 200_000);
        registry.model(TINY).layer(MediaTypes.WEIGHTS, cut).publish();

        assertThat(error(pull("tiny"))).isEqualTo("this is not a model: it ends before the data of its tensors does");
        assertThat(files()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {MediaTypes.PARAMETERS, MediaTypes.MESSAGES})
    void refusesPartsThatAreNotJson(String type) {
        registry.model(TINY)
                .layer(MediaTypes.WEIGHTS, weights)
                .layer(type, "<html>")
                .publish();

        assertThat(error(pull("tiny"))).matches("this is not a model: its part [0-9a-f]{12} is not JSON");
    }

    @Test
    void refusesSafetensors() {
        registry.model(TINY).layer(MediaTypes.TENSOR, "tensor").publish();

        assertThat(error(pull("tiny")))
                .isEqualTo("pull model manifest: the model is stored as safetensors, and this server runs GGUF files");
    }

    @Test
    void refusesARemoteModelOfAStranger() {
        registry.model(TINY)
                .config("{\"remote_model\":\"big\",\"remote_host\":\"https://stranger.example\"}")
                .publish();

        assertThat(error(pull("tiny"))).isEqualTo("this server cannot run this remote model");
        assertThat(files()).isEmpty();
    }

    @Test
    void refusesAModelThatDoesNotFitOnTheDisk() {
        registry.model(TINY)
                .layer(MediaTypes.WEIGHTS, "sha256:" + "0".repeat(64), 1L << 50)
                .publish();

        assertThat(error(pull("tiny"))).contains("bytes on disk, and ");
        assertThat(files()).isEmpty();
    }

    @Test
    void showsTheTokenToTheRegistryAlone() {
        publish();
        try (FakeRegistry elsewhere = new FakeRegistry()) {
            List.of(weights, "Be brief.".getBytes(StandardCharsets.UTF_8)).forEach(elsewhere::keep);
            registry.token = Optional.of("good");
            registry.redirect = Optional.of(elsewhere.uri().toString());
            Reply reply = pull("tiny");

            assertThat(registry.requests).contains("GET /token?service=fake&scope=repository%3Atiny%3Apull");
            assertThat(registry.authorizations).containsOnly("Bearer good");
            assertThat(elsewhere.requests).contains("GET /v2/library/tiny/blobs/" + digest);
            assertThat(elsewhere.authorizations).containsOnly("");
            assertThat(statuses(reply)).contains("pulling " + brief);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"file:///etc/passwd?", "ftp://127.0.0.1", "http://user:secret@127.0.0.1:1", "jar:file:/x!/"})
    void followsNoRedirectToAnUnsafePlace(String place) {
        publish();
        registry.redirect = Optional.of(place);

        assertThat(error(pull("tiny"))).contains("the registry leads to an address that is not safe to follow");
        assertThat(files()).isEmpty();
    }

    @Test
    void endsRedirectsThatGoRound() {
        publish();
        registry.redirect = Optional.of(registry.uri().toString());

        assertThat(error(pull("tiny"))).contains("the registry redirects without end");
    }

    @Test
    void saysThatAModelIsUnknown() {
        Reply streamed = pull("nope");
        Reply whole = client.post("/api/pull", "{\"model\":\"nope\",\"stream\":false}");

        assertThat(streamed.status()).isEqualTo(200);
        assertThat(streamed.lines().getLast().toString())
                .isEqualTo("{\"error\":\"pull model manifest: file does not exist\"}");
        assertThat(whole.status()).isEqualTo(500);
        assertThat(whole.body()).isEqualTo("{\"error\":\"pull model manifest: file does not exist\"}");
    }

    @Test
    void asksOnlyRegistriesThatAreConfigured() {
        Reply reply = pull("evil.example/org/model");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(error(reply)).startsWith("the registry 'evil.example' is not among those");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../../etc/passwd", "a b", "http://host/x", "a/b/c/d", "x:y:z"})
    void refusesIllegalNames(String name) {
        Reply reply = pull(name);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(error(reply)).isEqualTo("invalid model name");
    }

    @Test
    void refusesANameThatIsLocalAndCloudAtOnce() {
        Reply reply = pull("a:local:cloud");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(error(reply)).isEqualTo("use either :local or :cloud, not both");
    }

    @Test
    void speaksHuggingFace() {
        registry.model("Org/Tiny-GGUF/manifests/Q4_K_M")
                .layer(MediaTypes.WEIGHTS, weights)
                .publish();

        assertThat(statuses(pull("hf.co/Org/Tiny-GGUF:Q4_K_M")).getLast()).isEqualTo("success");
        assertThat(listed()).containsExactly("hf.co/Org/Tiny-GGUF:Q4_K_M");
        assertThat(show("hf.co/Org/Tiny-GGUF:Q4_K_M")
                        .path("details")
                        .path("format")
                        .asText())
                .isEqualTo("gguf");
    }

    @Test
    void removesWhatANewerVersionNoLongerNeeds() {
        publish();
        pull("tiny");
        byte[] newer = TestGguf.weights("newer").bytes();
        registry.model(TINY).layer(MediaTypes.WEIGHTS, newer).publish();
        Reply reply = pull("tiny");

        assertThat(statuses(reply)).endsWith("writing manifest", "removing unused layers", "success");
        assertThat(files()).hasSize(3).noneMatch(file -> file.contains(digest.substring(7)));
        assertThat(runner.offered.getFirst().weights()).hasBinaryContent(newer);
    }

    @Test
    void sharesTheWorkOfTwoPulls() throws Exception {
        publish();
        registry.gate = new CountDownLatch(1);
        CompletableFuture<Reply> first = CompletableFuture.supplyAsync(() -> pull("tiny"));
        CompletableFuture<Reply> second =
                CompletableFuture.supplyAsync(() -> pull("registry.ollama.ai/library/tiny:latest"));
        await(() ->
                registry.requests.stream().filter(r -> r.contains("manifests")).count() == 2
                        && registry.timesAsked(digest) > 0);
        LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        registry.gate.countDown();

        assertThat(statuses(first.get()).getLast()).as(first.get().body()).isEqualTo("success");
        assertThat(statuses(second.get()).getLast()).as(second.get().body()).isEqualTo("success");
        assertThat(registry.timesAsked(digest)).isEqualTo(1);
    }

    @Test
    void stopsWhenNobodyWaitsAnyMore() throws IOException {
        publish();
        registry.gate = new CountDownLatch(1);
        Path partial = folder.resolve("blobs/sha256-" + digest.substring(7) + "-partial");
        String body = "{\"model\":\"tiny\"}";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream()
                    .write(("POST /api/pull HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + body.length()
                                    + "\r\n\r\n" + body)
                            .getBytes(StandardCharsets.US_ASCII));
            await(() -> partial.toFile().length() > 0);
        }
        // the transfer has ended when another one can begin
        await(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("pull-" + brief)));
        LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
        registry.gate.countDown();

        assertThat(partial).isNotEmptyFile();
        assertThat(listed()).isEmpty();
        assertThat(statuses(pull("tiny")).getLast()).isEqualTo("success");
        assertThat(registry.requests).anyMatch(request -> request.contains(digest + " bytes="));
    }

    @Test
    void leavesAConfiguredModelAsItIs() {
        runner.own.add(FakeRunner.model("tiny:latest", "a".repeat(64), Optional.empty()));
        publish();

        assertThat(statuses(pull("tiny")))
                .containsExactly("model 'tiny:latest' is part of this server's configuration", "success");
        assertThat(registry.requests).isEmpty();
        assertThat(tag("tiny:latest").path("digest").asText()).isEqualTo("a".repeat(64));
    }

    @Test
    void isRefusedWhereTheLibraryIsReadOnly() {
        restart(true);
        Reply reply = pull("tiny");

        assertThat(reply.status()).isEqualTo(403);
        assertThat(error(reply)).isEqualTo("this server is read-only: models can be used, but not changed");
    }

    static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("the deadline").isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }
}
