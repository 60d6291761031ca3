package ai.orchestrator.model.llamacpp;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.FinishReason;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.ModelEvents;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.TokenLogprob;
import ai.orchestrator.plugin.model.ToolCall;
import ai.orchestrator.plugin.model.Usage;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Turns what {@code llama-server} streams into events. */
final class ServerReply {
    private final Question question;
    private final int context;
    private final ModelEvents events;
    private final boolean chat;
    private final ServerToolCalls calls = new ServerToolCalls();
    private final ToolCallText callText;
    private JsonNode timings = MissingNode.getInstance();
    private int promptTokens;
    private int written;
    private Optional<FinishReason> end = Optional.empty();
    private String stopText = "";

    /** @param context tokens that an answer and its prompt have room in, unless the context may be shifted */
    ServerReply(Question question, int context, ModelEvents events) {
        this.question = question;
        this.context = context;
        this.events = events;
        this.callText = question.mustCall() ? ToolCallText.of(question.callable()) : ToolCallText.none();
        this.chat = question.request().prompt() instanceof Prompt.Chat;
    }

    /** Takes an event; whether to go on. */
    boolean take(JsonNode data) {
        count(data);
        if (chat) {
            stopText(data.path("__verbose"));
            takeChoice(data.path("choices").path(0));
        } else {
            takePiece(data);
        }
        if (end.isEmpty() && isFull() && !question.request().overflow().shiftContext()) {
            end = Optional.of(FinishReason.LENGTH);
        }
        return end.isEmpty();
    }

    private void count(JsonNode data) {
        if (data.path("timings").isObject()) {
            timings = data.path("timings");
            promptTokens = cached() + timings.path("prompt_n").asInt();
            written = timings.path("predicted_n").asInt();
        } else if (!chat) {
            promptTokens = data.path("tokens_evaluated").asInt();
            written = data.path("tokens_predicted").asInt();
        }
    }

    private void takeChoice(JsonNode choice) {
        JsonNode delta = choice.path("delta");
        String thought = delta.path("reasoning_content").asText("");
        if (!thought.isEmpty() && !writesNothing()) {
            events.emit(new ModelEvent.Think(thought));
        }
        text(delta.path("content").asText(""), choice.path("logprobs").path("content"));
        delta.path("tool_calls").forEach(calls::add);
        switch (choice.path("finish_reason").asText("")) {
            case "" -> {}
            case "length" -> end = Optional.of(FinishReason.LENGTH);
            default -> end = Optional.of(FinishReason.STOP);
        }
    }

    private void takePiece(JsonNode piece) {
        text(piece.path("content").asText(""), piece.path("completion_probabilities"));
        if (piece.path("stop").asBoolean()) {
            boolean cut = piece.path("stop_type").asText().equals("limit");
            end = Optional.of(cut ? FinishReason.LENGTH : FinishReason.STOP);
            stopText(piece);
        }
    }

    private void stopText(JsonNode told) {
        stopText = told.path("stopping_word").asText(stopText);
    }

    private void text(String text, JsonNode probabilities) {
        if (text.isEmpty() || writesNothing()) {
            return;
        }
        List<TokenLogprob> logprobs = question.request().topLogprobs().isPresent()
                ? ServerLogprobs.read(
                        probabilities, question.request().topLogprobs().getAsInt())
                : List.of();
        emit(callText.accept(text), logprobs);
    }

    private void emit(String text, List<TokenLogprob> logprobs) {
        if (!text.isEmpty()) {
            events.emit(new ModelEvent.Text(text, logprobs));
        }
    }

    private boolean writesNothing() {
        return question.options().limit() == 0;
    }

    private boolean isFull() {
        return promptTokens + written >= context;
    }

    private int cached() {
        return Math.max(0, timings.path("cache_n").asInt());
    }

    /**
     * The stream has ended: says so.
     *
     * @throws PluginFailure if it ended before the answer did
     */
    void end() {
        if (promptTokens == 0 && end.isPresent()) {
            throw Refusals.invalid("the prompt is empty");
        }
        FinishReason why = end.orElseThrow(() -> new PluginFailure.Retriable(
                FailureCode.BROKEN_OFF, "the answer broke off: the model's process has ended"));
        ToolCallText.Rest rest = callText.rest();
        emit(rest.text(), List.of());
        List<ToolCall> made =
                Stream.concat(calls.complete().stream(), rest.calls().stream()).toList();
        made.forEach(call -> events.emit(new ModelEvent.Call(call)));
        FinishReason reason = why == FinishReason.STOP && !made.isEmpty() ? FinishReason.TOOL_CALLS : why;
        events.emit(new ModelEvent.Finished(
                writesNothing() ? FinishReason.LENGTH : reason,
                new Usage(
                        promptTokens,
                        cached(),
                        writesNothing() ? 0 : written,
                        question.load(),
                        millis("prompt_ms"),
                        millis("predicted_ms"),
                        Optional.of(BigDecimal.ZERO),
                        ""),
                writesNothing() ? "" : stopText));
    }

    private Duration millis(String name) {
        return Duration.ofNanos(Math.max(1, Math.round(timings.path(name).asDouble() * 1e6)));
    }
}
