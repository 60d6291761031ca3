package ai.orchestrator.server.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start makes of a folder that others, or a server that was killed, have left. */
class FolderTest extends LibraryFixture {
    @TempDir
    Path elsewhere;

    private void makeModel() {
        String digest = upload(TestGguf.weights("tiny").bytes());
        client.post("/api/create", "{\"model\":\"tiny\",\"files\":{\"a.gguf\":\"" + digest + "\"}}");
    }

    private void leave(String name, Duration age) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "left");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
    }

    @Test
    void isClearedOfWhatWasNeverFinished() throws IOException {
        makeModel();
        int before = files().size();
        String sum = "1".repeat(64);
        for (String name : new String[] {
            "blobs/.upload-1",
            "blobs/sha256-" + sum,
            "blobs/sha256-" + sum + "-partial",
            "blobs/sha256-" + sum + "-partial-0",
            "manifests/.manifest-1"
        }) {
            leave(name, Duration.ofDays(8));
        }
        leave("blobs/.upload-2", Duration.ofDays(1));
        leave("manifests/.manifest-2", Duration.ofDays(1));
        leave("blobs/notes.txt", Duration.ofDays(8));
        restart(false);

        assertThat(files()).hasSize(before + 3).contains("blobs/.upload-2", "manifests/.manifest-2", "blobs/notes.txt");
        assertThat(listed()).containsExactly("tiny:latest");
    }

    @Test
    void mayBeChangedByOthersMeanwhile() throws IOException {
        makeModel();
        Path manifest = folder.resolve("manifests/registry.ollama.ai/library/tiny/latest");
        Path other = Files.copy(manifest, manifest.resolveSibling("Other"));
        PullTest.await(() -> listed().contains("tiny:Other"));
        assertThat(runner.offered).hasSize(2);

        Files.delete(other);
        PullTest.await(() -> !listed().contains("tiny:Other"));
        assertThat(runner.offered).hasSize(1);
    }

    @Test
    void mayConsistOfLinks() throws IOException {
        makeModel();
        Path host = folder.resolve("manifests/registry.ollama.ai");
        Path moved = Files.move(host, elsewhere.resolve("host"));
        Files.createSymbolicLink(host, moved);
        Files.createSymbolicLink(moved.resolve("library/round"), moved);
        restart(false);

        assertThat(listed()).containsExactly("tiny:latest");
    }

    @Test
    void writesThroughNoLink() throws IOException {
        byte[] weights = TestGguf.weights("tiny").data(5_000).bytes();
        registry.model("library/tiny/manifests/latest")
                .layer(MediaTypes.WEIGHTS, weights)
                .publish();
        Path target = Files.writeString(elsewhere.resolve("precious"), "precious");
        Files.createDirectories(folder.resolve("blobs"));
        Files.createSymbolicLink(
                folder.resolve("blobs/" + BlobDigest.of(weights).fileName() + "-partial"), target);

        assertThat(error(pull("tiny"))).contains("the file cannot be written");
        assertThat(target).hasContent("precious");
    }
}
