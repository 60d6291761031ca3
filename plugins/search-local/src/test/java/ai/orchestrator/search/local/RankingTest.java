package ai.orchestrator.search.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.search.SearchEngine;
import ai.orchestrator.plugin.search.SearchHit;
import ai.orchestrator.plugin.search.SearchQuery;
import ai.orchestrator.plugin.search.SearchQuery.Freshness;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found, in which order, and how it is shown. */
class RankingTest {
    @TempDir
    Path home;

    private Library library = new Library(Path.of("unset"));

    @BeforeEach
    void settle() {
        library = new Library(home);
    }

    @Test
    void showsADocument() throws Exception {
        library.add("guides/Back up & restore.md", """
                # Restoring a backup

                Stop the service first. Then copy the newest archive from tape to disk. Last, start the service again.
                """);
        Instant modified = Instant.parse("2026-05-06T07:08:09.123456Z");
        Files.setLastModifiedTime(library.documents.resolve("guides/Back up & restore.md"), FileTime.from(modified));
        try (SearchEngine engine = library.open()) {
            SearchHit hit = engine.search(Library.query("copying archives")).getFirst();

            assertThat(hit.url()).isEqualTo("doc:guides/Back%20up%20%26%20restore.md");
            assertThat(hit.title()).isEqualTo("Restoring a backup");
            assertThat(hit.snippet()).contains("copy the newest archive from tape to disk");
            assertThat(hit.publishedAt()).contains(modified);
            assertThat(hit.score()).isPresent();
        }
    }

    @Test
    void prefersATitleToTheText() throws Exception {
        library.add("a.md", "# Printers\n\nPaper and ink and, once a year, a backup of the settings of all of them.")
                .add("b.md", "# Backup\n\nEverything else about it is told at length in this document here.");
        try (SearchEngine engine = library.open()) {
            assertThat(Library.urls(engine, "backup")).containsExactly("doc:b.md", "doc:a.md");
        }
    }

    @Test
    void prefersADocumentWithMoreOfTheWords() throws Exception {
        library.add("one.txt", "The tide.")
                .add("two.txt", "The tide in the harbour.")
                .add("none.txt", "Nothing.");
        try (SearchEngine engine = library.open()) {
            assertThat(Library.urls(engine, "harbours and tides")).containsExactly("doc:two.txt", "doc:one.txt");
        }
    }

    @Test
    void findsADocumentByItsFileNameIfItHasNoTitle() throws Exception {
        library.add("tape-rotation_2026.txt", "Mondays: A. Tuesdays: B.").add("other.txt", "Mondays.");
        try (SearchEngine engine = library.open()) {
            SearchHit hit = engine.search(Library.query("rotation")).getFirst();

            assertThat(hit.title()).isEqualTo("tape-rotation_2026.txt");
            assertThat(hit.snippet()).isEqualTo("Mondays: A. Tuesdays: B.");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "harbour -tide|2",
                "+harbour +moon|3",
                "body: moon|1",
                "mo*n|0",
                "mon~|0",
                "\"tide harbour\"|2",
                "NOT tide|2"
            })
    void takesOperatorsForWords(String text, int found) throws Exception {
        library.add("a.txt", "harbour tide").add("b.txt", "tide harbour").add("c.txt", "moon");
        try (SearchEngine engine = library.open()) {
            assertThat(Library.urls(engine, text)).hasSize(found);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"the of and", "?!", "…"})
    void findsNothingForWordsThatSayNothing(String text) throws Exception {
        library.add("a.txt", "the of and ?! …");
        try (SearchEngine engine = library.open()) {
            assertThat(Library.urls(engine, text)).isEmpty();
        }
    }

    @Test
    void cutsAShortSnippetFromATextWithoutFullStops() throws Exception {
        String filler = IntStream.range(0, 2_000).mapToObj(i -> "word" + i).collect(Collectors.joining(" "));
        library.add("long.txt", filler + " harbour " + filler);
        try (SearchEngine engine = library.open()) {
            String snippet = engine.search(Library.query("harbour")).getFirst().snippet();

            assertThat(snippet).contains(" harbour ").hasSizeLessThan(500);
        }
    }

    @Test
    void cutsAShortSnippetFromATextWithoutSpaces() throws Exception {
        library.add("long.txt", "語".repeat(10_000) + "港" + "😀".repeat(5_000));
        try (SearchEngine engine = library.open()) {
            assertThat(engine.search(Library.query("港")).getFirst().snippet())
                    .contains("港")
                    .hasSizeLessThan(500)
                    .doesNotContainPattern("\\p{Cs}");
        }
    }

    @ParameterizedTest
    @CsvSource({"ANY, 4", "YEAR, 3", "MONTH, 2", "WEEK, 2", "DAY, 1"})
    void leavesOutWhatIsNotRecentEnough(Freshness freshness, int found) throws Exception {
        for (int days : List.of(0, 5, 100, 1000)) {
            library.add(days + ".txt", "tide");
            Files.setLastModifiedTime(
                    library.documents.resolve(days + ".txt"),
                    FileTime.from(Instant.now().minus(Duration.ofDays(days))));
        }
        try (SearchEngine engine = library.open()) {
            assertThat(engine.search(new SearchQuery("tide", 10, Optional.empty(), freshness, Duration.ofSeconds(20))))
                    .hasSize(found);
        }
    }

    @Test
    void refusesAQueryOfMoreWordsThanAnIndexTakes() throws Exception {
        library.add("a.txt", "tide");
        String words = IntStream.range(0, 3_000).mapToObj(i -> "w" + i).collect(Collectors.joining(" "));
        try (SearchEngine engine = library.open()) {
            PluginFailure failure =
                    catchThrowableOfType(PluginFailure.class, () -> engine.search(Library.query(words)));

            assertThat(failure.code()).isEqualTo(FailureCode.INVALID_REQUEST);
        }
    }
}
