package ai.orchestrator.openai.wire;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.FinishReason;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.ModelEvents;
import ai.orchestrator.plugin.model.Usage;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.util.OptionalInt;

/** Turns the frames of a reply into events. A reply that is one object instead of a stream counts as one frame. */
final class ChatReply {
    private final String model;
    private final ModelEvents events;
    private final ErrorReader errors;
    private final Doubts doubts;
    private final WholeCharacters text = new WholeCharacters();
    private final WholeCharacters thinking = new WholeCharacters();
    private final LogprobTrack logprobs;
    private final ToolCallCollector calls = new ToolCallCollector();
    private final long asked = System.nanoTime();
    private long answered;
    private int pieces;
    private String served = "";
    private String finish = "";
    private String stopText = "";
    private JsonNode usage = MissingNode.getInstance();

    /**
     * A reply that is about to come.
     *
     * @param model the far side's name for the model that was asked
     * @param topLogprobs as it was asked for
     */
    ChatReply(String model, OptionalInt topLogprobs, ModelEvents events, ErrorReader errors, Doubts doubts) {
        this.model = model;
        logprobs = new LogprobTrack(topLogprobs);
        this.events = events;
        this.errors = errors;
        this.doubts = doubts;
    }

    /** @throws PluginFailure if the frame tells an error */
    void frame(JsonNode frame) {
        if (errors.isError(frame)) {
            throw errors.inReply(frame);
        }
        if (frame.path("usage").isObject()) {
            usage = frame.path("usage");
        }
        if (served.isEmpty()) {
            served = Json.text(frame, "model");
        }
        JsonNode choice = frame.path("choices").path(0);
        if (errors.isError(choice)) {
            throw errors.inReply(choice);
        }
        logprobs.read(choice);
        piece(choice.path("delta"));
        piece(choice.path("message"));
        words(Json.text(choice, "text"));
        String reason = Json.text(choice, "finish_reason");
        if (reason.equals("error")) {
            throw new PluginFailure.Retriable(
                    FailureCode.BROKEN_OFF, "the model's host ended the answer with an error");
        }
        if (!reason.isEmpty()) {
            finish = reason;
            // vLLM's; a number there is a token that ends answers
            stopText = Json.text(choice, "stop_reason");
        }
    }

    /** Whether the model has said that it is done, whatever may follow. */
    boolean hasEnd() {
        return !finish.isEmpty();
    }

    /** Whether anything was sent to the receiver. */
    boolean hasBegun() {
        return pieces > 0;
    }

    /**
     * The reply is over: sends what is left to send, and {@code Finished}.
     *
     * @param marked whether the far side marked the end
     * @throws PluginFailure if the reply is not complete
     */
    void end(boolean marked) {
        if (!hasEnd() && !marked) {
            throw new PluginFailure.Retriable(FailureCode.BROKEN_OFF, "the answer broke off before its end");
        }
        if (!hasEnd() && pieces == 0 && calls.isEmpty()) {
            throw new PluginFailure.Retriable(FailureCode.BAD_REPLY, "the reply holds no answer");
        }
        FinishReason reason = reason();
        calls.finish(reason == FinishReason.LENGTH).forEach(call -> events.emit(new ModelEvent.Call(call)));
        events.emit(new ModelEvent.Finished(reason, usage(), stopText));
    }

    private void piece(JsonNode delta) {
        if (!delta.isObject()) {
            return;
        }
        String thought = thinking.take(ReasoningReader.text(delta));
        if (!thought.isEmpty()) {
            count();
            events.emit(new ModelEvent.Think(thought));
        }
        String words = Json.text(delta, "content") + Json.text(delta, "refusal");
        if (!thought.isEmpty() && words.isEmpty()) {
            logprobs.drop();
        }
        words(words);
        JsonNode fragments = delta.path("tool_calls");
        if (!fragments.isEmpty()) {
            count();
            calls.add(fragments);
        }
    }

    private void words(String piece) {
        String words = text.take(piece);
        if (!words.isEmpty()) {
            count();
            events.emit(new ModelEvent.Text(words, logprobs.take()));
        }
    }

    private void count() {
        if (pieces++ == 0) {
            answered = System.nanoTime();
        }
    }

    private FinishReason reason() {
        return switch (finish) {
            case "length", "max_tokens" -> FinishReason.LENGTH;
            case "content_filter" -> FinishReason.CONTENT_FILTER;
            default -> calls.isEmpty() ? FinishReason.STOP : FinishReason.TOOL_CALLS;
        };
    }

    private Usage usage() {
        UsageReader told = new UsageReader(usage);
        long now = System.nanoTime();
        long first = pieces == 0 ? now : answered;
        if (!told.nonsense().isEmpty()) {
            doubts.warn(model, "it told " + String.join(" and ", told.nonsense()) + ", which counts as not told");
        }
        // a piece is mostly a token, which is the best guess where a server does not tell
        int written = told.completionTokens() == 0 ? pieces : told.completionTokens();
        return new Usage(
                told.promptTokens(),
                told.cachedPromptTokens(),
                written,
                Duration.ZERO,
                Duration.ofNanos(first - asked),
                Duration.ofNanos(now - first),
                told.cost(),
                served.equals(model) ? "" : served);
    }
}
