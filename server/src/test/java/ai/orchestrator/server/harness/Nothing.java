package ai.orchestrator.server.harness;

import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.classify.Classification;
import ai.orchestrator.plugin.classify.Complexity;
import ai.orchestrator.plugin.classify.ComplexityClassifier;
import ai.orchestrator.plugin.classify.Question;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.Usage;
import ai.orchestrator.server.orchestration.ChatRequest;
import ai.orchestrator.server.orchestration.CostLedger;
import ai.orchestrator.server.orchestration.RoutePlan;
import ai.orchestrator.server.orchestration.Stats;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Parts of a server that do as little as they may: nothing costs anything, is counted, or is hard. */
final class Nothing {
    private Nothing() {}

    static final class Costs implements CostLedger {
        @Override
        public Reservation reserve(ChatRequest request, RoutePlan plan, List<ModelInfo> models, Prompt prompt) {
            return new Reservation() {
                @Override
                public List<ModelInfo> models() {
                    return models;
                }

                @Override
                public boolean restricted() {
                    return false;
                }

                @Override
                public Optional<BigDecimal> settle(ModelInfo model, Usage usage, Arrived arrived) {
                    return usage.costUsd();
                }

                @Override
                public void settleBroken(ModelInfo model, Arrived arrived) {}

                @Override
                public Consumer<Usage> lateBill(ModelInfo model) {
                    return usage -> {};
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public Optional<BigDecimal> wouldHaveCost(int promptTokens, int completionTokens) {
            return Optional.empty();
        }
    }

    static final class Counts implements Stats {
        @Override
        public void record(Answered answered) {}

        @Override
        public void recordFailure(Duration took, boolean cancelled) {}
    }

    /** Every question is easy but one that says {@code hard}. */
    static final class IsHard implements ComplexityClassifier {
        @Override
        public Classification classify(Question question) {
            Complexity complexity = question.text().contains("hard") ? Complexity.HIGH : Complexity.LOW;
            return new Classification(complexity, 1, List.of());
        }

        @Override
        public Health health() {
            return Health.up();
        }

        @Override
        public void close() {}
    }
}
