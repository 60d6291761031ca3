package ai.orchestrator.server.http;

import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.TokenLogprob;
import ai.orchestrator.plugin.model.ToolCall;
import ai.orchestrator.server.orchestration.AnswerEnd;
import ai.orchestrator.server.orchestration.AnswerSink;
import ai.orchestrator.server.orchestration.AnswerStart;
import ai.orchestrator.server.orchestration.Answers;
import ai.orchestrator.server.orchestration.ChatRequest;
import ai.orchestrator.server.unicode.Surrogates;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An answer gathered whole, for a reply that is not streamed. */
public final class CollectedAnswer {
    private final AnswerStart start;
    private final AnswerEnd end;
    private final String text;
    private final String thinking;
    private final List<ToolCall> calls;
    private final List<TokenLogprob> logprobs;
    private final ModelEvent.Finished finished;

    private CollectedAnswer(Sink sink, AnswerStart start, AnswerEnd end, ModelEvent.Finished finished) {
        this.start = start;
        this.end = end;
        this.text = Surrogates.repair(sink.text.toString());
        this.thinking = Surrogates.repair(sink.thinking.toString());
        this.calls = List.copyOf(sink.calls);
        this.logprobs = List.copyOf(sink.logprobs);
        this.finished = finished;
    }

    /**
     * Gathers the answer to a request and gives it to {@code reply} as soon as it is complete, before the pipeline has cleaned up. Gives up when
     * the client leaves.
     */
    public static void answer(
            Exchange exchange, Answers answers, ChatRequest request, Consumer<CollectedAnswer> reply) {
        Sink sink = new Sink(exchange, reply);
        answers.answer(request, sink);
        if (!sink.replied) {
            throw new IllegalStateException("an answer ended early and without a failure");
        }
    }

    /** What was known first. */
    public AnswerStart start() {
        return start;
    }

    /** What was known last. */
    public AnswerEnd end() {
        return end;
    }

    /** The answer's text. */
    public String text() {
        return text;
    }

    /** What the model thought. */
    public String thinking() {
        return thinking;
    }

    /** The tool calls, in order. */
    public List<ToolCall> calls() {
        return calls;
    }

    /** The probabilities of the text's tokens, where they were asked for. */
    public List<TokenLogprob> logprobs() {
        return logprobs;
    }

    /** Why it ended and what it took. */
    public ModelEvent.Finished finished() {
        return finished;
    }

    private static final class Sink implements AnswerSink {
        private final Exchange exchange;
        private final Consumer<CollectedAnswer> reply;
        private final StringBuilder text = new StringBuilder();
        private final StringBuilder thinking = new StringBuilder();
        private final List<ToolCall> calls = new ArrayList<>();
        private final List<TokenLogprob> logprobs = new ArrayList<>();
        private @Nullable AnswerStart start;
        private ModelEvent.@Nullable Finished finished;
        private boolean replied;

        Sink(Exchange exchange, Consumer<CollectedAnswer> reply) {
            this.exchange = exchange;
            this.reply = reply;
        }

        @Override
        public void start(AnswerStart known) {
            start = known;
        }

        @Override
        public void event(ModelEvent event) {
            exchange.requireClient();
            switch (event) {
                case ModelEvent.Text(String piece, List<TokenLogprob> tokens) -> {
                    text.append(piece);
                    logprobs.addAll(tokens);
                }
                case ModelEvent.Think(String piece) -> thinking.append(piece);
                case ModelEvent.Call(ToolCall call) -> calls.add(call);
                case ModelEvent.Finished last -> finished = last;
            }
        }

        @Override
        public void onLeave(Runnable action) {
            exchange.onLeave(action);
        }

        @Override
        public void idle() {
            exchange.requireClient();
        }

        @Override
        public void end(AnswerEnd end) {
            if (start == null || finished == null) {
                throw new IllegalStateException("an answer ended before it was complete");
            }
            replied = true;
            reply.accept(new CollectedAnswer(this, start, end, finished));
        }
    }
}
