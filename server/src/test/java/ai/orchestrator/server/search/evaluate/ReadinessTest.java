package ai.orchestrator.server.search.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.search.SearchHit;
import ai.orchestrator.plugin.search.SearchQuery;
import ai.orchestrator.plugin.search.TextEmbedder;
import ai.orchestrator.plugin.search.VectorKeeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ReadinessTest {
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final SearchQuery PROBE = SearchQuery.of("q", 5);

    private final Engine engine = new Engine();
    private final List<Integer> told = new ArrayList<>();

    private void await(Duration patience, int documents, TextEmbedder embedder) throws InterruptedException {
        new Readiness(engine, patience).await(documents, Optional.of(embedder), PROBE, (done, all) -> told.add(done));
    }

    private static TextEmbedder embedder(boolean works) {
        return new TextEmbedder() {
            @Override
            public String model() {
                return "m";
            }

            @Override
            public List<float[]> embed(List<String> texts) {
                if (!works) {
                    throw new PluginFailure.Retriable(FailureCode.UNAVAILABLE, "no model");
                }
                return texts.stream().map(text -> new float[] {1}).toList();
            }
        };
    }

    @Test
    void waitsUntilTheDocumentsAreReadAndTheirVectorsSeen() throws Exception {
        engine.looksUntilUp = 2;
        engine.looksUntilSeen = 2;
        await(LONG, 3, embedder(true));

        assertThat(engine.embedded).isEqualTo(3);
        assertThat(engine.looksUntilUp).isNegative();
        assertThat(engine.looksUntilSeen).isNegative();
        assertThat(told).last().isEqualTo(3);
    }

    @Test
    void anEngineThatDoesNotComeUpIsToldOf() {
        engine.looksUntilUp = Integer.MAX_VALUE;
        assertThatThrownBy(() -> await(SHORT, 3, embedder(true)))
                .isInstanceOf(PluginFailure.class)
                .hasMessage("the documents could not be read: reading");
    }

    @Test
    void vectorsThatCannotBeMadeAreNotWaitedFor() {
        assertThatThrownBy(() -> await(LONG, 3, embedder(false)))
                .isInstanceOf(PluginFailure.class)
                .hasMessage("no model");
    }

    @Test
    void documentsThatAreLeftOutAreNotWaitedForForEver() throws Exception {
        await(SHORT, 4, embedder(true));
        assertThat(told).last().isEqualTo(3);
    }

    /** Embeds three documents at once, as soon as it can. */
    private static final class Engine implements VectorKeeper {
        int looksUntilUp;
        int looksUntilSeen;
        int embedded;

        @Override
        public void embedBy(TextEmbedder embedder) {
            try {
                embedded = embedder.embed(List.of("a", "b", "c")).size();
            } catch (PluginFailure e) {
                embedded = 0;
            }
        }

        @Override
        public List<SearchHit> search(SearchQuery query) {
            Optional<float[]> vector = looksUntilSeen-- > 0 ? Optional.empty() : Optional.of(new float[] {1});
            return List.of(new SearchHit("doc:a", "A", "", Optional.empty(), OptionalDouble.of(1), vector));
        }

        @Override
        public Health health() {
            return looksUntilUp-- > 0 ? Health.starting("reading") : Health.up();
        }

        @Override
        public void close() {}
    }
}
