package ai.orchestrator.search.local;

import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.PluginContext;
import ai.orchestrator.plugin.Settings;
import ai.orchestrator.plugin.search.SearchEngine;
import ai.orchestrator.plugin.search.SearchHit;
import ai.orchestrator.plugin.search.SearchQuery;
import ai.orchestrator.testkit.Eventually;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A home folder with documents, and engines over it that look for changes often. */
final class Library {
    final Path home;
    final Path documents;
    final Path index;

    Library(Path home) {
        this.home = home;
        this.documents = home.resolve("data/documents");
        this.index = home.resolve("data/search-index");
    }

    Library add(String name, String content) throws IOException {
        return add(name, content.getBytes(StandardCharsets.UTF_8));
    }

    Library add(String name, byte[] content) throws IOException {
        Path file = documents.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        return this;
    }

    /** An engine that may still be starting. */
    SearchEngine start() {
        return start("100ms");
    }

    SearchEngine start(String refresh) {
        return new LocalSearchFactory().create(context(Map.of("refresh", refresh, "max_file_size", "64KB")));
    }

    /** An engine that has read the documents. */
    SearchEngine open() {
        SearchEngine engine = start();
        awaitState(engine, Health.State.UP);
        return engine;
    }

    PluginContext context(Map<String, Object> settings) {
        return new PluginContext("docs", Settings.of(settings), home, "ai-orchestrator/0.1.0");
    }

    static SearchQuery query(String text) {
        return new SearchQuery(text, 10, Optional.empty(), SearchQuery.Freshness.ANY, Duration.ofSeconds(20));
    }

    static List<String> urls(SearchEngine engine, String text) {
        return engine.search(query(text)).stream().map(SearchHit::url).toList();
    }

    static void awaitState(SearchEngine engine, Health.State state) {
        Eventually.await("state " + state, () -> engine.health().state() == state);
    }
}
