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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How an index outlives a run, and what becomes of one that is damaged or cannot be had. */
class IndexKeepingTest {
    @TempDir
    Path home;

    private Library library = new Library(Path.of("unset"));

    @BeforeEach
    void settle() {
        library = new Library(home);
    }

    @Test
    void usesTheIndexOfTheLastRunAndReadsOnlyWhatChanged() throws Exception {
        library.add("a.txt", "tide").add("b.txt", "tide").add("c.txt", "tide");
        library.open().close();

        Path unchanged = library.documents.resolve("a.txt");
        FileTime modified = Files.getLastModifiedTime(unchanged);
        Files.writeString(unchanged, "EDIT");
        Files.setLastModifiedTime(unchanged, modified);
        library.add("b.txt", "harbour");
        Files.delete(library.documents.resolve("c.txt"));
        try (SearchEngine engine = library.open()) {
            assertThat(Library.urls(engine, "tide")).containsExactly("doc:a.txt");
            assertThat(Library.urls(engine, "harbour")).containsExactly("doc:b.txt");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"segments_", "_"})
    void buildsADamagedIndexAnew(String files) throws Exception {
        library.add("a.txt", "tide").add("b.txt", "tide harbour");
        library.open().close();
        damage(files);

        assertBuiltAnew();
    }

    @Test
    void buildsAnIndexWithMissingFilesAnew() throws Exception {
        library.add("a.txt", "tide").add("b.txt", "tide harbour");
        library.open().close();
        for (String segment : segments()) {
            Files.delete(library.index.resolve(segment));
        }
        assertBuiltAnew();
    }

    @Test
    void buildsAnIndexOfAnotherFormatAnew() throws Exception {
        library.add("a.txt", "tide").add("b.txt", "tide harbour");
        library.open().close();
        Indexes.relabel(library.index, "0/9");

        assertBuiltAnew();
    }

    @Test
    void leavesOtherFilesInTheIndexFolderAlone() throws Exception {
        library.add("a.txt", "tide");
        library.open().close();
        Files.writeString(library.index.resolve("notes.txt"), "mine");
        Indexes.relabel(library.index, "0/9");
        library.open().close();

        assertThat(library.index.resolve("notes.txt")).hasContent("mine");
    }

    @Test
    void waitsForAnIndexThatAnotherEngineUses() throws Exception {
        library.add("a.txt", "tide");
        SearchEngine first = library.open();
        try (SearchEngine second = library.start()) {
            Library.awaitState(second, Health.State.DOWN);
            assertThat(second.health().detail()).contains("in use by another engine");
            assertThat(catchThrowableOfType(PluginFailure.class, () -> second.search(Library.query("tide"))))
                    .isInstanceOf(PluginFailure.Retriable.class)
                    .extracting(PluginFailure::code)
                    .isEqualTo(FailureCode.UNAVAILABLE);
            assertThat(Library.urls(first, "tide")).hasSize(1);

            first.close();
            Library.awaitState(second, Health.State.UP);
            assertThat(Library.urls(second, "tide")).hasSize(1);
        }
    }

    @Test
    void saysWhenItCannotKeepAnIndex() throws Exception {
        library.add("a.txt", "tide");
        Files.writeString(library.index, "a file in the way");
        try (SearchEngine engine = library.start()) {
            Library.awaitState(engine, Health.State.DOWN);
            assertThat(engine.health().detail()).contains("'index'").doesNotContain(home.toString());

            Files.delete(library.index);
            Library.awaitState(engine, Health.State.UP);
        }
    }

    @Test
    void isStartingUntilTheIndexIsOpen() {
        SearchEngine engine = new LocalSearchEngine(updater());

        assertThat(engine.health().state()).isEqualTo(Health.State.STARTING);
        assertThat(catchThrowableOfType(PluginFailure.class, () -> engine.search(Library.query("tide"))))
                .isInstanceOf(PluginFailure.Retriable.class)
                .extracting(PluginFailure::code)
                .isEqualTo(FailureCode.STARTING);
    }

    @Test
    void buildsAnIndexAnewThatIsDamagedWhileInUse() throws Exception {
        library.add("a.txt", "tide").add("b.txt", "tide harbour");
        IndexUpdater updater = updater();
        updater.start();
        try (LogRecorder logged = new LogRecorder(LocalSearchFactory.class);
                SearchEngine engine = new LocalSearchEngine(updater)) {
            Library.awaitState(engine, Health.State.UP);
            damage("_");
            updater.suspectIndex();

            Eventually.await("the check", () -> !logged.linesWith("built anew").isEmpty());
            Library.awaitState(engine, Health.State.UP);
            assertThat(Library.urls(engine, "tide")).hasSize(2);
        }
    }

    private void assertBuiltAnew() throws IOException {
        try (LogRecorder logged = new LogRecorder(LocalSearchFactory.class);
                SearchEngine engine = library.open()) {
            assertThat(Library.urls(engine, "tide")).containsExactlyInAnyOrder("doc:a.txt", "doc:b.txt");
            assertThat(logged.linesWith("built anew")).hasSize(1);
        }
    }

    /** Changes one byte in the middle of each of these files of the index. */
    private void damage(String prefix) throws IOException {
        try (Stream<Path> all = Files.list(library.index)) {
            for (Path file : all.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .toList()) {
                byte[] content = Files.readAllBytes(file);
                content[content.length / 2] ^= 0x55;
                Files.write(file, content);
            }
        }
    }

    private IndexUpdater updater() {
        return new IndexUpdater(
                "docs",
                new DocumentFolder(library.documents, new SizeLimits(1000, 1000)),
                library.index,
                Duration.ofMillis(100));
    }

    private Set<String> segments() throws IOException {
        try (Stream<Path> files = Files.list(library.index)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("_"))
                    .collect(Collectors.toSet());
        }
    }
}
