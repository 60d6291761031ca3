package ai.orchestrator.server.orchestration;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.FinishReason;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.ModelEvents;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.ModelRequest;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.Usage;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A far side that keeps its own accounts: a token for each four bytes of the prompt, and one for each piece that it sent, whether it arrived or not. The
 * last word of a question says how its answer ends.
 */
final class BilledModels implements ModelCaller {
    /** How an answer ends. */
    enum End {
        /** Well, with tokens and what they cost. */
        TOLD,
        /** Well, with tokens alone. */
        TOKENS,
        /** Broken, after tokens and cost were told; they are told once more afterwards. */
        BROKEN_TOLD,
        /** Broken; what it cost is told before the call ends. */
        BROKEN_SOON,
        /** Broken; what it cost is told at some time afterwards. */
        BROKEN_LATE,
        /** Broken; nobody ever tells what it cost. */
        BROKEN,
        /** Broken before anything came. */
        BROKEN_AT_ONCE
    }

    static final int PIECES = 6;

    private final Map<String, BigDecimal> pricePerToken;
    private final Queue<BigDecimal> charged = new ConcurrentLinkedQueue<>();
    private final Queue<Thread> late = new ConcurrentLinkedQueue<>();
    final AtomicInteger calls = new AtomicInteger();
    final AtomicInteger guessed = new AtomicInteger();
    final AtomicInteger secret = new AtomicInteger();

    /** @param pricePerToken by the model's name; others cost nothing */
    BilledModels(Map<String, BigDecimal> pricePerToken) {
        this.pricePerToken = pricePerToken;
    }

    /** What all calls cost together of which this can be known, once all that is told late has been told. */
    BigDecimal sum() throws InterruptedException {
        for (Thread thread : late) {
            thread.join();
        }
        return charged.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    @Override
    public void stream(
            List<ModelInfo> models,
            Consumer<ModelInfo> chosen,
            Function<ModelInfo, ModelRequest> request,
            ModelEvents events) {
        ModelInfo model = models.getFirst();
        chosen.accept(model);
        new Answer(model, question(request.apply(model)), events).give();
    }

    private static String question(ModelRequest request) {
        return request.prompt() instanceof Prompt.Chat(var messages)
                ? messages.getLast().content()
                : "";
    }

    private final class Answer {
        private final BigDecimal price;
        private final boolean priceIsPublic;
        private final int promptTokens;
        private final End end;
        private final ModelEvents events;
        private int sent;

        Answer(ModelInfo model, String question, ModelEvents events) {
            this.price = pricePerToken.getOrDefault(model.name(), BigDecimal.ZERO);
            this.priceIsPublic = model.price().isEmpty()
                    || model.price().flatMap(known -> known.prompt()).isPresent();
            this.promptTokens = Math.ceilDiv(question.length(), 4);
            this.end = End.valueOf(question.substring(question.lastIndexOf(' ') + 1));
            this.events = events;
        }

        void give() {
            try {
                for (int piece = 0; piece < PIECES && end != End.BROKEN_AT_ONCE; piece++) {
                    sent++;
                    events.emit(new ModelEvent.Text("word"));
                    Thread.yield();
                }
            } catch (PluginFailure.Cancelled e) {
                billBroken();
                throw e;
            }
            switch (end) {
                case TOLD, TOKENS, BROKEN_TOLD -> finish();
                case BROKEN_SOON, BROKEN_LATE, BROKEN, BROKEN_AT_ONCE -> {
                    billBroken();
                    throw new PluginFailure.Retriable(FailureCode.BROKEN_OFF, "cut");
                }
            }
        }

        private void finish() {
            boolean told = end != End.TOKENS;
            charge(told);
            events.emit(
                    new ModelEvent.Finished(FinishReason.STOP, usage(told ? Optional.of(cost()) : Optional.empty())));
            if (end == End.BROKEN_TOLD) {
                events.lateBill().accept(usage(Optional.of(cost())));
                throw new PluginFailure.Retriable(FailureCode.BROKEN_OFF, "cut after all");
            }
        }

        private void billBroken() {
            Usage usage = usage(Optional.of(cost()));
            switch (end) {
                case BROKEN_SOON -> {
                    charge(true);
                    events.lateBill().accept(usage);
                }
                case BROKEN_LATE -> {
                    charge(true);
                    Consumer<Usage> tell = events.lateBill();
                    late.add(Thread.startVirtualThread(() -> {
                        Thread.yield();
                        tell.accept(usage);
                    }));
                }
                case TOLD, TOKENS, BROKEN_TOLD, BROKEN, BROKEN_AT_ONCE -> {
                    if (sent > 0) {
                        guessed.incrementAndGet();
                        charge(false);
                    }
                }
            }
        }

        private void charge(boolean told) {
            calls.incrementAndGet();
            if (told || priceIsPublic) {
                charged.add(cost());
            } else {
                secret.incrementAndGet();
            }
        }

        private BigDecimal cost() {
            return price.multiply(BigDecimal.valueOf((long) promptTokens + sent));
        }

        private Usage usage(Optional<BigDecimal> cost) {
            return new Usage(promptTokens, 0, sent, Duration.ZERO, Duration.ZERO, Duration.ZERO, cost, "");
        }
    }
}
