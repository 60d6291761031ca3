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
import ai.orchestrator.plugin.model.ModelRequest;
import ai.orchestrator.plugin.model.Price;
import ai.orchestrator.plugin.model.ResponseFormat;
import ai.orchestrator.server.routing.YamlRoutingRules;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What rules say of an answer, with rules read from a file that may change. */
class PlannedAnswersTest {
    private final Fakes.Pipeline parts = new Fakes.Pipeline();
    private final AtomicReference<RoutingRules> rules = new AtomicReference<>(rules("{model: small}"));
    private final Orchestrator orchestrator = new Orchestrator(
            rules::get,
            parts.cache,
            question -> new Classification(Complexity.LOW, 1, List.of()),
            new Fakes.Search(),
            parts.catalog,
            parts.caller,
            parts.ledger,
            parts.counts,
            10,
            Clock.systemUTC());

    private static YamlRoutingRules rules(String then) {
        return YamlRoutingRules.parse(
                "routes.yaml",
                "routes:\n  - {name: auto, when: {model: auto}, then: " + then
                        + "}\n  - {name: rest, then: {model: requested}}\n",
                Map.of());
    }

    private AnswerStart start() {
        Fakes.Sink sink = new Fakes.Sink();
        orchestrator.answer(ask("auto", "hello"), sink);
        return sink.starts.getFirst();
    }

    @Test
    void anAnswerIsStoredByTheRulesThatItWasMadeBy() {
        parts.caller.script = (request, events) -> {
            rules.set(rules("{model: big}"));
            events.emit(new ModelEvent.Text("Hi from " + request.model()));
            events.emit(FINISHED);
        };
        assertThat(start().model()).isEqualTo(LOCAL);

        AnswerStart other = start();
        assertThat(other.cache()).as("the new rules have another model answer").isEqualTo(CacheStatus.MISS);
        assertThat(other.model()).isEqualTo(CLOUD);

        rules.set(rules("{model: small}"));
        AnswerStart again = start();
        assertThat(again.cache()).isEqualTo(CacheStatus.HIT);
        assertThat(again.model()).isEqualTo(LOCAL);
    }

    @Test
    void theDeadlineIsForAllOfTheAnswer() {
        rules.set(rules("{model: small, search: true, deadline: 90s}"));
        start();

        assertThat(parts.caller.calls)
                .extracting(ModelRequest::deadline)
                .singleElement()
                .satisfies(left -> assertThat(left)
                        .hasValueSatisfying(
                                time -> assertThat(time).isPositive().isLessThan(Duration.ofSeconds(90))));
    }

    @Test
    void sourcesAreListedWhereARuleSaysSoAndAreAPartOfTheStoredAnswer() {
        rules.set(rules("{model: small, search: true, sources: list}"));
        Fakes.Sink first = new Fakes.Sink();
        Fakes.Sink second = new Fakes.Sink();
        orchestrator.answer(ask("auto", "hello"), first);
        orchestrator.answer(ask("auto", "hello"), second);

        assertThat(first.text()).isEqualTo("Hi" + Fakes.Search.BELOW);
        assertThat(second.starts.getFirst().cache()).isEqualTo(CacheStatus.HIT);
        assertThat(second.starts.getFirst().sources())
                .isEqualTo(first.starts.getFirst().sources())
                .hasSize(1);
        assertThat(second.events).isEqualTo(first.events);

        rules.set(rules("{model: small, search: true}"));
        Fakes.Sink plain = new Fakes.Sink();
        orchestrator.answer(ask("auto", "hello"), plain);
        assertThat(plain.starts.getFirst().cache()).isEqualTo(CacheStatus.MISS);
        assertThat(plain.text()).isEqualTo("Hi");
    }

    @Test
    void sourcesAreNotListedInAnAnswerThatAProgramReads() {
        rules.set(rules("{model: small, search: true, sources: list}"));
        ChatRequest asked = ask("auto", "hello");
        Fakes.Sink sink = new Fakes.Sink();
        orchestrator.answer(
                new ChatRequest(
                        asked.requestId(),
                        asked.model(),
                        asked.prompt(),
                        asked.options(),
                        new ResponseFormat.Json(),
                        asked.tools(),
                        asked.toolChoice(),
                        asked.thinking(),
                        asked.topLogprobs(),
                        asked.overflow(),
                        asked.keepAlive(),
                        asked.extra(),
                        asked.cacheControl(),
                        asked.caller(),
                        asked.stream()),
                sink);

        assertThat(sink.text()).isEqualTo("Hi!");
        assertThat(sink.starts.getFirst().sources()).hasSize(1);
    }

    @Test
    void theCheapestOfSeveralIsAskedFirst() {
        price(LOCAL, "0.002");
        price(CLOUD, "0.001");
        rules.set(rules("{cheapest_of: [small, big]}"));

        assertThat(start().model()).isEqualTo(CLOUD);
    }

    private void price(String name, String perToken) {
        ModelInfo model = Fakes.model(name);
        BigDecimal price = new BigDecimal(perToken);
        parts.catalog.models.put(
                name,
                new ModelInfo(
                        name,
                        model.digest(),
                        0,
                        model.modifiedAt(),
                        "",
                        List.of(),
                        "",
                        "",
                        OptionalInt.of(4096),
                        model.embeddingLength(),
                        model.capabilities(),
                        Optional.empty(),
                        Optional.of(Price.perToken(price, price))));
    }
}
