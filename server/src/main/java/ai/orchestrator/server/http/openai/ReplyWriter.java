package ai.orchestrator.server.http.openai;

import ai.orchestrator.plugin.model.FinishReason;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.Usage;
import ai.orchestrator.server.http.SourcesJson;
import ai.orchestrator.server.orchestration.Source;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes the objects of an answer. */
record ReplyWriter(ReplyShape shape) {
    /** The members of a choice beside its index and reason. */
    private interface Choice {
        void write(JsonGenerator json) throws IOException;
    }

    /**
     * The only object of a reply that is not streamed.
     *
     * @param sources what the answer may cite
     */
    void whole(
            JsonGenerator json,
            Piece answer,
            ModelEvent.Finished finished,
            Optional<BigDecimal> costUsd,
            List<Source> sources)
            throws IOException {
        begin(json);
        choice(
                json,
                choice -> shape.whole(choice, answer),
                reason(finished.reason(), !answer.calls().isEmpty()));
        UsageWriter.write(json, finished.usage(), costUsd);
        SourcesJson.write(json, sources);
        json.writeEndObject();
    }

    /** The same for a request that only loaded its model. */
    void loaded(JsonGenerator json) throws IOException {
        begin(json);
        choice(json, choice -> shape.whole(choice, Piece.NONE), "load");
        UsageWriter.zeros(json);
        json.writeEndObject();
    }

    /** A piece of a stream. */
    void piece(JsonGenerator json, Piece piece, boolean first) throws IOException {
        begin(json);
        choice(json, choice -> shape.piece(choice, piece, first), null);
        shape.besideChoices(json);
        json.writeEndObject();
    }

    /**
     * The object of a stream that tells why the answer ended.
     *
     * @param sources what it may cite
     */
    void last(JsonGenerator json, String reason, List<Source> sources) throws IOException {
        begin(json);
        choice(json, shape::last, reason);
        shape.besideChoices(json);
        SourcesJson.write(json, sources);
        json.writeEndObject();
    }

    /** The object of a stream that tells what the answer took. */
    void usage(JsonGenerator json, Usage usage, Optional<BigDecimal> costUsd) throws IOException {
        begin(json);
        json.writeArrayFieldStart("choices");
        json.writeEndArray();
        UsageWriter.write(json, usage, costUsd);
        json.writeEndObject();
    }

    /** OpenAI's word for why an answer ended. */
    static String reason(FinishReason reason, boolean calls) {
        return switch (reason) {
            case STOP, TOOL_CALLS -> calls ? "tool_calls" : "stop";
            case LENGTH -> "length";
            case CONTENT_FILTER -> "content_filter";
        };
    }

    private void begin(JsonGenerator json) throws IOException {
        json.writeStartObject();
        shape.head().write(json);
    }

    private static void choice(JsonGenerator json, Choice choice, @Nullable String reason) throws IOException {
        json.writeArrayFieldStart("choices");
        json.writeStartObject();
        json.writeNumberField("index", 0);
        choice.write(json);
        json.writeStringField("finish_reason", reason);
        json.writeEndObject();
        json.writeEndArray();
    }
}
