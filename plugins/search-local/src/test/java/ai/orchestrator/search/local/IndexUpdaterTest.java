package ai.orchestrator.search.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.search.SearchEngine;
import ai.orchestrator.testkit.Eventually;
import ai.orchestrator.testkit.LogRecorder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.lucene.index.DirectoryReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the index follows the folder. */
class IndexUpdaterTest {
    @TempDir
    Path home;

    private Library library = new Library(Path.of("unset"));

    @BeforeEach
    void settle() {
        library = new Library(home);
    }

    @Test
    void followsTheFolder() throws Exception {
        library.add("a.txt", "tide").add("b.md", "harbour");
        try (SearchEngine engine = library.open()) {
            assertThat(engine.health().detail()).isEqualTo("2 documents.");

            library.add("deep/er/c.html", "<p>tide");
            Eventually.await("the new file", () -> Library.urls(engine, "tide").contains("doc:deep/er/c.html"));

            library.add("a.txt", "harbour and more");
            Eventually.await("the change", () -> Library.urls(engine, "harbour").contains("doc:a.txt"));
            assertThat(Library.urls(engine, "tide")).containsExactly("doc:deep/er/c.html");

            Files.delete(library.documents.resolve("b.md"));
            Eventually.await(
                    "the deletion", () -> Library.urls(engine, "harbour").equals(List.of("doc:a.txt")));
        }
    }

    @Test
    void hearsOfChangesLongBeforeItWouldLookForThem() throws Exception {
        try (SearchEngine engine = library.start("1d")) {
            Library.awaitState(engine, Health.State.DEGRADED);
            library.add("a.txt", "tide");
            Eventually.await("the folder", () -> Library.urls(engine, "tide").equals(List.of("doc:a.txt")));

            library.add("deep/er/c.html", "<p>tide");
            Eventually.await(
                    "the new folder", () -> Library.urls(engine, "tide").contains("doc:deep/er/c.html"));
            library.add("deep/er/c.html", "<p>harbour");
            Eventually.await("the change", () -> Library.urls(engine, "harbour").equals(List.of("doc:deep/er/c.html")));
            Files.move(library.documents.resolve("deep"), library.documents.resolve("moved"));
            Eventually.await("the move", () -> Library.urls(engine, "harbour").equals(List.of("doc:moved/er/c.html")));
            library.add("moved/er/d.txt", "harbour");
            Eventually.await(
                    "the moved folder", () -> Library.urls(engine, "harbour").size() == 2);
            Files.delete(library.documents.resolve("a.txt"));
            Eventually.await("the deletion", () -> Library.urls(engine, "tide").isEmpty());
        }
    }

    @Test
    void readsOnlyDocumentsThatAreNotHidden() throws Exception {
        library.add("a.txt", "tide")
                .add("b.MARKDOWN", "tide")
                .add("c.HTM", "tide")
                .add("d.pdf", "tide")
                .add("e", "tide")
                .add(".f.txt", "tide")
                .add(".git/g.txt", "tide");
        try (SearchEngine engine = library.open()) {
            assertThat(Library.urls(engine, "tide"))
                    .containsExactlyInAnyOrder("doc:a.txt", "doc:b.MARKDOWN", "doc:c.HTM");
        }
    }

    @Test
    void followsLinksWithinTheFolderOnly() throws Exception {
        Path secret = Files.writeString(home.resolve("secret.txt"), "tide");
        Files.createDirectory(home.resolve("elsewhere"));
        Files.writeString(home.resolve("elsewhere/other.txt"), "tide");
        library.add("a.txt", "tide").add(".data/b.txt", "tide");
        Files.createSymbolicLink(library.documents.resolve("out.txt"), secret);
        Files.createSymbolicLink(library.documents.resolve("outside"), home.resolve("elsewhere"));
        Files.createSymbolicLink(library.documents.resolve("again.txt"), Path.of("a.txt"));
        Files.createSymbolicLink(library.documents.resolve("b.txt"), Path.of(".data/b.txt"));
        Files.createSymbolicLink(library.documents.resolve("nowhere.txt"), Path.of("missing.txt"));
        Files.createSymbolicLink(library.documents.resolve("loop"), library.documents);
        try (LogRecorder logged = new LogRecorder(LocalSearchFactory.class);
                SearchEngine engine = library.open()) {
            assertThat(Library.urls(engine, "tide")).containsExactlyInAnyOrder("doc:a.txt", "doc:b.txt");
            assertThat(logged.linesWith("left out"))
                    .singleElement()
                    .asString()
                    .contains("out.txt links to a file outside the folder", "nowhere.txt is a link that leads nowhere")
                    .doesNotContain(home.toString());
        }
    }

    @Test
    void leavesOutWhatItCannotReadAndSaysSoOnce() throws Exception {
        library.add("a.txt", "tide")
                .add("binary.txt", new byte[] {'t', 'i', 'd', 'e', 0, 1, 2, 3})
                .add("huge.md", "tide ".repeat(20_000));
        try (LogRecorder logged = new LogRecorder(LocalSearchFactory.class);
                SearchEngine engine = library.open()) {
            library.add("later.txt", "tide");
            Eventually.await("later scans", () -> Library.urls(engine, "tide").contains("doc:later.txt"));

            assertThat(Library.urls(engine, "tide")).containsExactlyInAnyOrder("doc:a.txt", "doc:later.txt");
            Eventually.await(
                    "the count", () -> engine.health().detail().equals("2 documents, 2 files could not be used."));
            assertThat(logged.linesWith("left out"))
                    .singleElement()
                    .asString()
                    .contains("binary.txt is not text", "huge.md is larger than max_file_size");

            library.add("binary.txt", "tide, mended");
            Eventually.await(
                    "the mended file", () -> Library.urls(engine, "tide").contains("doc:binary.txt"));
        }
    }

    @Test
    void waitsForAFolderThatIsNotThere() throws Exception {
        try (LogRecorder logged = new LogRecorder(LocalSearchFactory.class);
                SearchEngine engine = library.start()) {
            Library.awaitState(engine, Health.State.DEGRADED);
            assertThat(engine.health().detail())
                    .contains("'folder'", "does not exist")
                    .doesNotContain(home.toString());
            assertThat(Library.urls(engine, "tide")).isEmpty();

            library.add("a.txt", "tide");
            Library.awaitState(engine, Health.State.UP);
            assertThat(Library.urls(engine, "tide")).containsExactly("doc:a.txt");

            delete(library.documents);
            Library.awaitState(engine, Health.State.DEGRADED);
            assertThat(Library.urls(engine, "tide")).isEmpty();
            assertThat(logged.linesWith("does not exist")).hasSize(2);
        }
    }

    @Test
    void refusesAFileInTheFoldersPlace() throws Exception {
        Files.createDirectories(library.documents.getParent());
        Files.writeString(library.documents, "tide");
        try (SearchEngine engine = library.start()) {
            Library.awaitState(engine, Health.State.DEGRADED);
            assertThat(engine.health().detail()).contains("not a folder");
        }
    }

    @Test
    void answersFromWhatIsReadSoFar() throws Exception {
        for (int i = 0; i < 250; i++) {
            library.add(i + ".md", "# Note " + i + "\n\ntide\n");
        }
        DocumentFolder folder = new DocumentFolder(library.documents, new SizeLimits(1000, 1000));
        List<Integer> seen = new ArrayList<>();
        try (DocumentIndex index = DocumentIndex.open(library.index, "docs")) {
            new FolderSync("docs", folder, () -> false)
                    .apply(folder.scan(entered -> {}), index, (done, all) -> seen.add(documents(index)));
            seen.add(documents(index));
        }
        assertThat(seen).containsExactly(200, 250);
    }

    @Test
    void leavesNoThreadBehind() throws Exception {
        library.add("a.txt", "tide");
        SearchEngine engine = library.open();
        Set<Thread> before = indexThreads();
        engine.close();

        assertThat(before).isNotEmpty();
        assertThat(indexThreads()).isEmpty();
        assertThat(engine.health().state()).isEqualTo(Health.State.DOWN);
        assertThat(catchThrowableOfType(PluginFailure.class, () -> engine.search(Library.query("tide")))
                        .code())
                .isEqualTo(FailureCode.UNAVAILABLE);
    }

    private static int documents(DocumentIndex index) {
        try {
            DirectoryReader reader = index.acquire();
            try {
                return reader.numDocs();
            } finally {
                index.release(reader);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<Thread> indexThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("search-docs-index"))
                .collect(Collectors.toSet());
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
