package ai.orchestrator.server.http.ollama;

import ai.orchestrator.plugin.model.FinishReason;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.RemoteOrigin;
import ai.orchestrator.plugin.model.Usage;
import ai.orchestrator.server.http.SourcesJson;
import ai.orchestrator.server.http.Timestamps;
import ai.orchestrator.server.orchestration.Source;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
     * @param sources what it may cite
     * @param total how long the request took
     */
    void last(
            JsonGenerator json,
            Optional<RemoteOrigin> remote,
            Piece piece,
            ModelEvent.Finished finished,
            String answer,
            List<Source> sources,
            Duration total)
            throws IOException {
        begin(json, remote, piece);
        json.writeBooleanField("done", true);
        json.writeStringField("done_reason", finished.reason() == FinishReason.LENGTH ? "length" : "stop");
        LogprobWriter.write(json, piece.logprobs());
        shape.beforeMetrics(json, answer);
        metrics(json, finished.usage(), total);
        SourcesJson.write(json, sources);
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

    /**
     * None is zero, even where the far side did not tell: clients divide by them, and take a missing one for an unfinished answer. The parts are
     * those of when the answer was made, and the whole is never less than they are together, however soon a stored answer comes.
     */
    private static void metrics(JsonGenerator json, Usage usage, Duration elapsed) throws IOException {
        long load = atLeastOne(usage.load().toNanos());
        long promptEval = atLeastOne(usage.promptEval().toNanos());
        long left = elapsed.toNanos() - load - promptEval;
        long eval = atLeastOne(usage.eval().isPositive() ? usage.eval().toNanos() : left);
        int prompt = Math.max(1, usage.promptTokens());
        json.writeNumberField("total_duration", Math.max(elapsed.toNanos(), load + promptEval + eval));
        json.writeNumberField("load_duration", load);
        json.writeNumberField("prompt_eval_count", prompt);
        json.writeNumberField("prompt_eval_cached_count", Math.clamp(usage.cachedPromptTokens(), 0, prompt));
        json.writeNumberField("prompt_eval_duration", promptEval);
        json.writeNumberField("eval_count", atLeastOne(usage.completionTokens()));
        json.writeNumberField("eval_duration", eval);
    }

    private static long atLeastOne(long value) {
        return Math.max(1, value);
    }
}
