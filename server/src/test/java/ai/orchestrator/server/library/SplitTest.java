package ai.orchestrator.server.library;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.server.http.TestClient.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SplitTest extends LibraryFixture {
    private static final TestGguf FIRST = part(TestGguf.weights("split"), 0).tensor("a.weight");
    private static final TestGguf SECOND =
            part(new TestGguf(), 1).tensor("b.weight").data(100);

    private static TestGguf part(TestGguf file, int number) {
        return file.with("split.no", number).with("split.count", 2).with("split.tensors.count", 2);
    }

    private Reply create(String... digests) {
        StringBuilder files = new StringBuilder();
        for (int i = 0; i < digests.length; i++) {
            files.append(i == 0 ? "" : ",")
                    .append("\"" + i + ".gguf\":\"")
                    .append(digests[i])
                    .append('"');
        }
        return client.post("/api/create", "{\"model\":\"whole\",\"files\":{" + files + "}}");
    }

    @Test
    void joinsTheFilesThatAModelWasSplitInto() throws IOException {
        Reply reply = create(upload(SECOND.bytes()), upload(FIRST.bytes()));
        assertThat(statuses(reply)).contains("joining split GGUF files").endsWith("success");

        GgufLayout whole = GgufHeadReader.layout(runner.offered.getFirst().weights());
        byte[] bytes = Files.readAllBytes(runner.offered.getFirst().weights());
        assertThat(whole.tensors()).extracting(GgufLayout.Entry::name).containsExactly("a.weight", "b.weight");
        assertThat(whole.head().metadata())
                .containsEntry("general.name", "split")
                .doesNotContainKeys("split.no", "split.count", "split.tensors.count");
        int data = (int) whole.data();
        assertThat(Arrays.copyOfRange(bytes, data, data + 64)).isEqualTo(data(FIRST, 64));
        assertThat(Arrays.copyOfRange(bytes, data + 64, data + 164)).isEqualTo(data(SECOND, 100));
        assertThat(bytes[(int) whole.tensors().get(1).end() - GgufLayout.OFFSET_BYTES])
                .isEqualTo((byte) 64);
    }

    private static byte[] data(TestGguf file, int length) {
        byte[] bytes = file.bytes();
        return Arrays.copyOfRange(bytes, bytes.length - length, bytes.length);
    }

    @Test
    void isRefusedAsAPull() {
        registry.model("library/part/manifests/latest")
                .layer(MediaTypes.WEIGHTS, FIRST.bytes())
                .publish();
        registry.model("library/parts/manifests/latest")
                .layer(MediaTypes.WEIGHTS, FIRST.bytes())
                .layer(MediaTypes.WEIGHTS, SECOND.bytes())
                .publish();

        assertThat(error(pull("part")))
                .isEqualTo("this is not a model: its weights are a part of a model that was split into 2 files; a model"
                        + " can be created from all of them");
        assertThat(error(pull("parts")))
                .isEqualTo("pull model manifest: the model is split into several files; a model can be created from all"
                        + " of them");
        assertThat(files()).isEmpty();
    }

    @Test
    void wantsAllPartsOnce() {
        String first = upload(FIRST.bytes());
        String other =
                upload(part(TestGguf.weights("split"), 0).tensor("c.weight").bytes());
        String same = upload(part(new TestGguf(), 1).tensor("a.weight").bytes());
        String start = "the split GGUF files cannot be used: ";

        assertThat(error(create(first)))
                .isEqualTo(start + "the model was split into 2 files, and 1 are here: all are needed, each once");
        assertThat(error(create(first, other))).startsWith(start + "the model was split into 2 files, and 2 are here");
        assertThat(error(create(first, same))).isEqualTo(start + "two of the files hold the same tensor");
        assertThat(listed()).isEmpty();
        assertThat(files()).hasSize(3).allMatch(file -> file.startsWith("blobs/sha256-"));
    }
}
