package ai.orchestrator.server.http.openai;

import ai.orchestrator.server.http.RandomIds;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;

/**
 * What every object of a reply begins with; the same in all pieces of a stream.
 *
 * @param object the kind of object
 * @param created in seconds since 1970
 * @param model the model's name as the client spelled it
 */
record ReplyHead(String id, String object, long created, String model) {
    static ReplyHead ofChat(String model, boolean stream) {
        return of("chatcmpl-", stream ? "chat.completion.chunk" : "chat.completion", model);
    }

    static ReplyHead ofCompletion(String model) {
        return of("cmpl-", "text_completion", model);
    }

    private static ReplyHead of(String prefix, String object, String model) {
        return new ReplyHead(prefix + RandomIds.number(), object, Instant.now().getEpochSecond(), model);
    }

    /** Writes the members. */
    void write(JsonGenerator json) throws IOException {
        json.writeStringField("id", id);
        json.writeStringField("object", object);
        json.writeNumberField("created", created);
        json.writeStringField("model", model);
        json.writeStringField("system_fingerprint", "fp_ollama");
    }
}
