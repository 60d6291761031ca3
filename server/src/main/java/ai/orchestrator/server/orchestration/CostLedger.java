package ai.orchestrator.server.orchestration;

import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.Usage;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What was spent, and what may be. Money is set aside before an answer is made and settled after it. */
public interface CostLedger {
    /**
     * Sets aside what the answer may cost at most, by whichever of the models makes it.
     *
     * @param models the plan's models that are on offer, in order
     * @param prompt what the model will be given
     * @throws AnswerFailure with {@link AnswerFailure.Kind#OVER_BUDGET} if a budget allows none of the models, or forbids the first
     */
    Reservation reserve(ChatRequest request, RoutePlan plan, List<ModelInfo> models, Prompt prompt);

    /** Money set aside for one answer; what is left of it is free again from {@link #settle} on, or from {@link #close}. */
    interface Reservation extends AutoCloseable {
        /** The models that may be called, in order: those that the budgets allow; never empty. */
        List<ModelInfo> models();

        /** Whether a budget keeps the answer from the model that the plan has it made by. */
        boolean restricted();

        /** Books the call that made the answer; returns what it cost, empty where nobody knows. */
        Optional<BigDecimal> settle(ModelInfo model, Usage usage, Arrived arrived);

        /** Books a call that broke off by what had come, marked as estimated; nothing if nothing had come. */
        void settleBroken(ModelInfo model, Arrived arrived);

        /** Where to tell later what the call of now cost, as {@link ai.orchestrator.plugin.model.ModelEvents#lateBill} has it. */
        Consumer<Usage> lateBill(ModelInfo model);

        @Override
        void close();
    }

    /**
     * What came of an answer, by this server's own count.
     *
     * @param pieces not counting the end
     * @param chars of all pieces together
     */
    record Arrived(int pieces, long chars) {
        /** Nothing yet. */
        public static final Arrived NOTHING = new Arrived(0, 0);

        /** The same, and one more piece. */
        public Arrived and(int more) {
            return new Arrived(pieces + 1, chars + more);
        }
    }

    /**
     * What an answer of so many tokens would have cost on the High route; empty where its price is not known.
     */
    Optional<BigDecimal> wouldHaveCost(int promptTokens, int completionTokens);
}
