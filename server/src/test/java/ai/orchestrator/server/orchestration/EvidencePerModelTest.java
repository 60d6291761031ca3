package ai.orchestrator.server.orchestration;

import static ai.orchestrator.server.orchestration.Fakes.CLOUD;
import static ai.orchestrator.server.orchestration.Fakes.FINISHED;
import static ai.orchestrator.server.orchestration.Fakes.LOCAL;
import static ai.orchestrator.server.orchestration.Fakes.ask;
import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.classify.Classification;
import ai.orchestrator.plugin.classify.Complexity;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.server.routing.YamlRoutingRules;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Models of different contexts are given different amounts of what one search found. */
class EvidencePerModelTest {
    private final Fakes.Pipeline parts = new Fakes.Pipeline();
    private final List<String> given = new ArrayList<>();
    private int searches;

    private final WebSearch search = new WebSearch() {
        @Override
        public Report search(String query, int maxResults) {
            return new Report(List.of(), List.of(), Duration.ZERO);
        }

        @Override
        public Findings enrich(ChatRequest request, Optional<Duration> left) {
            searches++;
            return context -> new Enrichment(
                    Prompt.user("as much as fits in " + context),
                    List.of(new Source(1, "doc:" + context, "For " + context)),
                    "for=" + context);
        }
    };

    private final Orchestrator orchestrator = new Orchestrator(
            () -> YamlRoutingRules.parse("routes.yaml", """
                    routes:
                      - {name: auto, when: {model: auto}, then: {model: big, search: true, fallbacks: [small]}}
                      - {name: rest, then: {model: requested}}
                    """, Map.of()),
            parts.cache,
            question -> new Classification(Complexity.LOW, 1, List.of()),
            search,
            parts.catalog,
            (models, chosen, request, events) -> {
                for (ModelInfo model : models) {
                    chosen.accept(model);
                    given.add(request.apply(model).prompt().toString());
                }
                events.emit(new ModelEvent.Text("Hi"));
                events.emit(FINISHED);
            },
            parts.ledger,
            parts.counts,
            10,
            Clock.systemUTC());

    private void context(String name, int tokens) {
        parts.catalog.models.put(name, Models.withContext(Fakes.model(name), OptionalInt.of(tokens)));
    }

    @Test
    void aFallbackIsGivenWhatItHasRoomFor() {
        context(CLOUD, 32_768);
        context(LOCAL, 2_048);
        Fakes.Sink sink = new Fakes.Sink();
        orchestrator.answer(ask("auto", "hello"), sink);

        assertThat(searches).isEqualTo(1);
        assertThat(given)
                .containsExactly(
                        Prompt.user("as much as fits in 32768").toString(),
                        Prompt.user("as much as fits in 2048").toString());
        AnswerStart start = sink.starts.getFirst();
        assertThat(start.model()).isEqualTo(LOCAL);
        assertThat(start.sources()).containsExactly(new Source(1, "doc:2048", "For 2048"));
        assertThat(start.search()).isEqualTo("for=2048");
    }
}
