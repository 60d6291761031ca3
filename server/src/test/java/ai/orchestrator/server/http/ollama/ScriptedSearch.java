package ai.orchestrator.server.http.ollama;

import ai.orchestrator.server.orchestration.ChatRequest;
import ai.orchestrator.server.orchestration.WebSearch;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Finds what a test says, and remembers what was looked for. */
final class ScriptedSearch implements WebSearch {
    /** Such as {@code the query/5}. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    volatile Report report = new Report(
            List.of(new Result(
                    "Title", "https://example.org/a", "What it says.", 0.5, List.of("one"), Optional.empty())),
            List.of(outcome("one", Optional.empty())),
            Duration.ofMillis(3));

    @Override
    public Report search(String query, int maxResults) {
        asked.add(query + "/" + maxResults);
        return report;
    }

    @Override
    public Findings enrich(ChatRequest request, Optional<Duration> left) {
        return context -> new Enrichment(request.prompt(), List.of(), "none");
    }

    static EngineOutcome outcome(String engine, Optional<String> failure) {
        return new EngineOutcome(engine, failure.isPresent() ? 0 : 1, Duration.ofMillis(2), failure);
    }
}
