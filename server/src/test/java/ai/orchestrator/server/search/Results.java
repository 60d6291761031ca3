package ai.orchestrator.server.search;

import ai.orchestrator.plugin.search.SearchEngine;
import ai.orchestrator.plugin.search.SearchHit;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What engines find, made by hand. */
final class Results {
    private Results() {}

    static SearchHit hit(String url) {
        return hit(url, "About " + url, "What it says.");
    }

    static SearchHit hit(String url, String title, String snippet) {
        return new SearchHit(url, title, snippet, Optional.empty(), OptionalDouble.empty());
    }

    static SearchHit dated(String url, String date) {
        return new SearchHit(
                url,
                "About " + url,
                "What it says.",
                Optional.of(Instant.parse(date + "T00:00:00Z")),
                OptionalDouble.empty());
    }

    /** An engine that always finds these pages. */
    static NamedEngine engine(String name, String... urls) {
        return new NamedEngine(
                name, query -> Arrays.stream(urls).map(Results::hit).toList());
    }

    static NamedEngine finding(String name, SearchHit... hits) {
        return new NamedEngine(name, query -> List.of(hits));
    }

    static NamedEngine behaving(String name, SearchEngine engine) {
        return new NamedEngine(name, engine);
    }
}
