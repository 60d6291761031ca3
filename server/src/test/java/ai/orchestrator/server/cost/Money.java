package ai.orchestrator.server.cost;

import ai.orchestrator.plugin.model.Capability;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.Price;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.SamplingOptions;
import ai.orchestrator.plugin.model.Usage;
import ai.orchestrator.server.config.MoneyConfig;
import ai.orchestrator.server.config.MoneyConfig.Action;
import ai.orchestrator.server.config.MoneyConfig.Budget;
import ai.orchestrator.server.config.MoneyConfig.Period;
import ai.orchestrator.server.config.MoneyConfig.Whose;
import ai.orchestrator.server.orchestration.Caller;
import ai.orchestrator.server.orchestration.ChatRequest;
import ai.orchestrator.server.orchestration.RoutePlan;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** What tests of the ledger are made of: a cheap model and a dear one, requests for them, and a clock that is set. */
final class Money {
    /** A millionth of a dollar for each token read, three for each written. */
    static final Price PRICE = Price.perToken(new BigDecimal("0.000001"), new BigDecimal("0.000003"));

    static final Price DEAR = Price.perToken(new BigDecimal("0.001"), new BigDecimal("0.01"));
    static final ModelInfo FREE = model("free:latest", Optional.empty());
    static final ModelInfo PRICED = model("priced:latest", Optional.of(DEAR));
    static final ModelInfo CHEAP = model("cheap:latest", Optional.of(PRICE));
    static final ModelInfo VARYING = model("varying:latest", Optional.of(Price.unknown()));
    static final MoneyConfig NO_BUDGETS = config();
    static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");

    private Money() {}

    static MoneyConfig config(Budget... budgets) {
        return new MoneyConfig(List.of(budgets), 4096, Optional.of(DEAR));
    }

    static Budget budget(Period per, String usd, Action action) {
        return new Budget(per, new Whose.Everybody(), new BigDecimal(usd), action);
    }

    static ModelInfo model(String name, Optional<Price> price) {
        return new ModelInfo(
                name,
                "0".repeat(64),
                0,
                Instant.EPOCH,
                "",
                List.of(),
                "",
                "",
                OptionalInt.empty(),
                OptionalInt.empty(),
                Set.of(Capability.COMPLETION),
                Optional.empty(),
                price);
    }

    static SqliteCostLedger ledger(Path file, MoneyConfig money, Clock clock) {
        return new SqliteCostLedger(new LedgerFile(file, clock), money, () -> PRICE, () -> List.of(FREE), clock);
    }

    /** Asks for ten tokens at most, in a prompt of eight characters. */
    static ChatRequest ask(String model, String tenant) {
        ChatRequest plain = ChatRequest.of("r1", model, Prompt.user("12345678"));
        SamplingOptions ten = SamplingOptions.builder().numPredict(10).build();
        return new ChatRequest(
                plain.requestId(),
                model,
                plain.prompt(),
                ten,
                plain.format(),
                plain.tools(),
                plain.toolChoice(),
                plain.thinking(),
                plain.topLogprobs(),
                plain.overflow(),
                plain.keepAlive(),
                plain.extra(),
                plain.cacheControl(),
                new Caller(tenant, Map.of()),
                false);
    }

    static RoutePlan plan(ModelInfo... models) {
        return new RoutePlan(
                "high", List.of(models).stream().map(ModelInfo::name).toList(), false, Optional.empty());
    }

    static Usage usage(int prompt, int completion, Optional<BigDecimal> cost) {
        return new Usage(prompt, 0, completion, Duration.ZERO, Duration.ZERO, Duration.ZERO, cost, "");
    }

    /** Stands still until it is set. */
    static final class SetClock extends Clock {
        volatile Instant now = NOON;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
