package ai.orchestrator.model.ollama;

import ai.orchestrator.openai.wire.Amounts;
import ai.orchestrator.openai.wire.Doubts;
import ai.orchestrator.openai.wire.Json;
import ai.orchestrator.openai.wire.LogprobTrack;
import ai.orchestrator.openai.wire.WholeCharacters;
import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.FinishReason;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.ModelEvents;
import ai.orchestrator.plugin.model.ModelRequest;
import ai.orchestrator.plugin.model.ToolCall;
import ai.orchestrator.plugin.model.Usage;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Turns the lines of an answer into events. */
final class AnswerReader {
    private static final List<String> COUNTS = List.of("prompt_eval_count", "eval_count");

    private final String model;
    private final ModelEvents events;
    private final OllamaErrors errors;
    private final Doubts doubts;
    private final LogprobTrack logprobs;
    private final WholeCharacters text = new WholeCharacters();
    private final WholeCharacters thinking = new WholeCharacters();
    private int pieces;
    private boolean called;
    private boolean done;

    /** @param model the server's name for the model that is asked */
    AnswerReader(ModelRequest request, String model, ModelEvents events, OllamaErrors errors, Doubts doubts) {
        this.model = model;
        this.events = events;
        this.errors = errors;
        this.doubts = doubts;
        logprobs = new LogprobTrack(request.topLogprobs());
    }

    /** Whether the answer is complete. */
    boolean isDone() {
        return done;
    }

    /** @throws PluginFailure if the line tells an error, or is no JSON object */
    void line(String line) {
        JsonNode tree = Json.object(line);
        if (errors.isError(tree)) {
            throw errors.inReply(tree);
        }
        // the one of a chat, or the one of a text
        JsonNode message = tree.path("message").isObject() ? tree.path("message") : tree;
        logprobs.read(tree);
        think(thinking.take(Json.text(message, "thinking")));
        words(text.take(Json.text(message, "content") + Json.text(tree, "response")));
        message.path("tool_calls").forEach(this::call);
        if (tree.path("done").asBoolean(false)) {
            done = true;
            events.emit(new ModelEvent.Finished(reason(Json.text(tree, "done_reason")), usage(tree)));
        }
    }

    private void think(String thought) {
        if (!thought.isEmpty()) {
            pieces++;
            logprobs.drop();
            events.emit(new ModelEvent.Think(thought));
        }
    }

    private void words(String words) {
        if (!words.isEmpty()) {
            pieces++;
            events.emit(new ModelEvent.Text(words, logprobs.take()));
        }
    }

    private void call(JsonNode call) {
        JsonNode function = call.path("function");
        String name = Json.text(function, "name");
        Optional<String> arguments = arguments(function.path("arguments"));
        if (name.isEmpty() || arguments.isEmpty()) {
            throw new PluginFailure.Retriable(
                    FailureCode.BAD_REPLY, "the model called a tool without a name or a JSON object of arguments");
        }
        pieces++;
        called = true;
        String id = Json.text(call, "id");
        events.emit(new ModelEvent.Call(new ToolCall(id.isEmpty() ? CallIds.next() : id, name, arguments.get())));
    }

    /** An object, or, by servers that only look like Ollama, the text of one; nothing stands for an empty one. */
    private static Optional<String> arguments(JsonNode told) {
        if (told.isMissingNode() || told.isNull()) {
            return Optional.of("{}");
        }
        JsonNode object = told.isTextual() ? Json.read(told.textValue()) : told;
        return object.isObject() ? Optional.of(object.toString()) : Optional.empty();
    }

    private FinishReason reason(String told) {
        if (told.equals("length")) {
            return FinishReason.LENGTH;
        }
        return called ? FinishReason.TOOL_CALLS : FinishReason.STOP;
    }

    /** A count that is nothing is left out by the server. */
    private Usage usage(JsonNode last) {
        List<String> nonsense = COUNTS.stream()
                .filter(name -> !Amounts.areTokens(last.path(name)))
                .map(name -> Amounts.shown(name, last.path(name)))
                .toList();
        if (!nonsense.isEmpty()) {
            doubts.warn(model, "it told " + String.join(" and ", nonsense) + ", which counts as not told");
        }
        int read = Amounts.tokens(last.path("prompt_eval_count"));
        int written = Amounts.tokens(last.path("eval_count"));
        String served = Json.text(last, "remote_model");
        return new Usage(
                read,
                Math.min(read, Amounts.tokens(last.path("prompt_eval_cached_count"))),
                written == 0 ? pieces : written,
                nanos(last.path("load_duration")),
                nanos(last.path("prompt_eval_duration")),
                nanos(last.path("eval_duration")),
                Optional.empty(),
                served.equals(model) ? "" : served);
    }

    static Duration nanos(JsonNode node) {
        return Duration.ofNanos(Math.max(0, node.asLong(0)));
    }
}
