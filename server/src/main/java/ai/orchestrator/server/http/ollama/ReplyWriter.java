package ai.orchestrator.server.http.ollama;

import ai.orchestrator.plugin.model.FinishReason;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.RemoteOrigin;
import ai.orchestrator.plugin.model.Usage;
import ai.orchestrator.server.http.Timestamps;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Writes the objects of an answer.
 *
 * @param model the model's name as the client spelled it
 */
record ReplyWriter(String model, ReplyShape shape) {

    /** A piece of the answer; {@link Piece#NONE} is a sign of life. */
    void piece(JsonGenerator json, Optional<RemoteOrigin> remote, Piece piece) throws IOException {
        begin(json, remote, piece);
        json.writeBooleanField("done", false);
        LogprobWriter.write(json, piece.logprobs());
        json.writeEndObject();
    }

    /**
     * Writes the last object, which is the only one where the answer is not streamed.
     *
     * @param answer the answer's whole text
     * @param total how long the request took
     */
    void last(
            JsonGenerator json,
            Optional<RemoteOrigin> remote,
            Piece piece,
            ModelEvent.Finished finished,
            String answer,
            Duration total)
            throws IOException {
        begin(json, remote, piece);
        json.writeBooleanField("done", true);
        json.writeStringField("done_reason", finished.reason() == FinishReason.LENGTH ? "length" : "stop");
        LogprobWriter.write(json, piece.logprobs());
        shape.beforeMetrics(json, answer);
        metrics(json, finished.usage(), total);
        json.writeEndObject();
    }

    /** The reply to a call that only loads or unloads the model. */
    void withoutAnswer(JsonGenerator json, String reason) throws IOException {
        begin(json, Optional.empty(), Piece.NONE);
        json.writeBooleanField("done", true);
        json.writeStringField("done_reason", reason);
        json.writeEndObject();
    }

    private void begin(JsonGenerator json, Optional<RemoteOrigin> remote, Piece piece) throws IOException {
        json.writeStartObject();
        json.writeStringField("model", model);
        if (remote.isPresent()) {
            json.writeStringField("remote_model", remote.get().model());
            json.writeStringField("remote_host", remote.get().host());
        }
        json.writeStringField("created_at", Timestamps.utc(Instant.now()));
        shape.content(json, piece);
    }

    /** None is zero, even where the far side did not tell: clients divide by them, and take a missing one for an unfinished answer. */
    private static void metrics(JsonGenerator json, Usage usage, Duration total) throws IOException {
        Duration eval = usage.eval().isPositive() ? usage.eval() : total;
        json.writeNumberField("total_duration", atLeastOne(total.toNanos()));
        json.writeNumberField("load_duration", atLeastOne(usage.load().toNanos()));
        json.writeNumberField("prompt_eval_count", atLeastOne(usage.promptTokens()));
        json.writeNumberField("prompt_eval_cached_count", Math.max(0, usage.cachedPromptTokens()));
        json.writeNumberField(
                "prompt_eval_duration", atLeastOne(usage.promptEval().toNanos()));
        json.writeNumberField("eval_count", atLeastOne(usage.completionTokens()));
        json.writeNumberField("eval_duration", atLeastOne(eval.toNanos()));
    }

    private static long atLeastOne(long value) {
        return Math.max(1, value);
    }
}
