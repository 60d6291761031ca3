package ai.orchestrator.search.local;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.search.SearchEngine;
import ai.orchestrator.plugin.search.SearchHit;
import ai.orchestrator.plugin.search.TextEmbedder;
import ai.orchestrator.plugin.search.VectorKeeper;
import ai.orchestrator.testkit.Eventually;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Vectors come after the words, are kept, and go with what they were made of. */
class VectorsTest {
    @TempDir
    Path home;

    private static class Lengths implements TextEmbedder {
        final List<String> texts = new CopyOnWriteArrayList<>();
        final String model;
        volatile boolean out;

        Lengths(String model) {
            this.model = model;
        }

        @Override
        public String model() {
            return model;
        }

        @Override
        public List<float[]> embed(List<String> some) {
            if (out) {
                throw new PluginFailure.Retriable(FailureCode.UNAVAILABLE, "no model");
            }
            texts.addAll(some);
            return some.stream().map(text -> new float[] {text.length(), 0.5f}).toList();
        }
    }

    private static SearchEngine open(Library library, TextEmbedder embedder) {
        SearchEngine engine = library.open();
        ((VectorKeeper) engine).embedBy(embedder);
        return engine;
    }

    private static Optional<float[]> vector(SearchEngine engine, String words) {
        List<SearchHit> hits = engine.search(Library.query(words));
        return hits.isEmpty() ? Optional.empty() : hits.getFirst().vector();
    }

    private static void awaitVector(SearchEngine engine, String words, float length) {
        Eventually.await("the vector of " + words, () -> vector(engine, words)
                .filter(vector -> vector.length == 2 && vector[0] == length)
                .isPresent());
    }

    @Test
    void aDocumentIsFoundBeforeItHasAVectorAndThenHasOneOfTitleAndText() throws Exception {
        Library library = new Library(home).add("a.md", "# Tides\n\nHigh water.");
        Lengths embedder = new Lengths("m");
        embedder.out = true;
        try (SearchEngine engine = open(library, embedder)) {
            assertThat(engine.search(Library.query("tides"))).hasSize(1);
            assertThat(vector(engine, "tides")).isEmpty();

            embedder.out = false;
            awaitVector(engine, "tides", embedderText(embedder));
        }
    }

    @Test
    void aNewDocumentDoesNotWaitForTheVectorsOfAllOthers() throws Exception {
        Library library = new Library(home);
        for (int i = 0; i < 80; i++) {
            library.add(i + ".txt", "ebb and flow");
        }
        Semaphore calls = new Semaphore(0);
        Lengths slow = new Lengths("m") {
            @Override
            public List<float[]> embed(List<String> some) {
                List<float[]> vectors = super.embed(some);
                calls.acquireUninterruptibly();
                return vectors;
            }
        };
        SearchEngine engine = library.start("1d");
        try {
            ((VectorKeeper) engine).embedBy(slow);
            Library.awaitState(engine, Health.State.UP);
            library.add("stir.txt", "to have the folder looked at");
            Eventually.await("the first vectors", () -> slow.texts.size() >= 16);

            library.add("new.txt", "harbour");
            calls.release(1);
            Eventually.await(
                    "the new document", () -> Library.urls(engine, "harbour").equals(List.of("doc:new.txt")));
            assertThat(slow.texts).hasSizeLessThan(80);
        } finally {
            calls.release(1_000);
            engine.close();
        }
    }

    @Test
    void theModelIsLoadedForTheQuestionsToComeWhereThereAreDocumentsAlone() throws Exception {
        AtomicInteger loads = new AtomicInteger();
        Lengths embedder = new Lengths("m") {
            @Override
            public List<float[]> embed(List<String> some) {
                loads.addAndGet(some.isEmpty() ? 1 : 0);
                return super.embed(some);
            }
        };
        Library library = new Library(home).add("a.md", "# Tides\n\nHigh water.");
        try (SearchEngine engine = open(library, embedder)) {
            awaitVector(engine, "tides", embedderText(embedder));
        }
        assertThat(loads)
                .as("its vector was made, and the model is loaded by that")
                .hasValue(0);

        try (SearchEngine engine = open(library, embedder)) {
            Eventually.await("the model", () -> loads.get() == 1);
            assertThat(embedder.texts).hasSize(1);
        }
        Files.delete(library.documents.resolve("a.md"));
        try (SearchEngine engine = open(library, embedder)) {
            Eventually.await("the deletion", () -> Library.urls(engine, "tides").isEmpty());
            library.add("b.md", "# Ebb");
            awaitVector(engine, "ebb", "Ebb\nEbb".length());
        }
        assertThat(loads).hasValue(1);
    }

    private static float embedderText(Lengths embedder) {
        Eventually.await("a text", () -> !embedder.texts.isEmpty());
        assertThat(embedder.texts.getFirst()).startsWith("Tides").contains("High water.");
        return embedder.texts.getFirst().length();
    }

    @Test
    void vectorsAreKeptOverARestartAndMadeAnewForWhatChanged() throws Exception {
        Library library = new Library(home).add("a.txt", "tides").add("b.txt", "harbours");
        Lengths embedder = new Lengths("m");
        try (SearchEngine engine = open(library, embedder)) {
            Eventually.await(
                    "both",
                    () -> vector(engine, "tides").isPresent()
                            && vector(engine, "harbours").isPresent());
        }
        embedder.texts.clear();
        library.add("b.txt", "harbours and piers");
        try (SearchEngine engine = open(library, embedder)) {
            awaitVector(engine, "piers", "b.txt harbours and piers".length());
            assertThat(vector(engine, "tides")).isPresent();
            assertThat(embedder.texts).containsExactly("b.txt harbours and piers");
        }
    }

    @Test
    void anotherModelsVectorsDoNotCount() throws Exception {
        Library library = new Library(home).add("a.txt", "tides");
        try (SearchEngine engine = open(library, new Lengths("m"))) {
            Eventually.await("one", () -> vector(engine, "tides").isPresent());
        }
        Lengths other = new Lengths("other");
        other.out = true;
        try (SearchEngine engine = open(library, other)) {
            assertThat(vector(engine, "tides")).isEmpty();
            other.out = false;
            Eventually.await("anew", () -> vector(engine, "tides").isPresent());
            assertThat(other.texts).hasSize(1);
        }
    }

    @Test
    void withoutAnEmbedderThereAreNone() throws Exception {
        Library library = new Library(home).add("a.txt", "tides");
        try (SearchEngine engine = library.open()) {
            assertThat(vector(engine, "tides")).isEmpty();
        }
    }
}
