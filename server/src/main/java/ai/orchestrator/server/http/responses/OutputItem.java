package ai.orchestrator.server.http.responses;

import ai.orchestrator.plugin.model.TokenLogprob;
import ai.orchestrator.server.http.openai.LogprobWriter;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;

/** A part of a response. */
sealed interface OutputItem {
    String id();

    /** Writes the item as an object. */
    void write(JsonGenerator json) throws IOException;

    /** What the model thought; empty while it has just begun. */
    record Reasoning(String id, String text) implements OutputItem {
        @Override
        public void write(JsonGenerator json) throws IOException {
            begin(json, id, "reasoning", "");
            json.writeArrayFieldStart("summary");
            if (!text.isEmpty()) {
                summary(json, text);
            }
            json.writeEndArray();
            if (!text.isEmpty()) {
                json.writeStringField("encrypted_content", text);
            }
            json.writeEndObject();
        }

        static void summary(JsonGenerator json, String text) throws IOException {
            json.writeStartObject();
            json.writeStringField("type", "summary_text");
            json.writeStringField("text", text);
            json.writeEndObject();
        }
    }

    /** Text of the model; without a part while it has just begun. */
    record Text(String id, String status, List<Part> parts) implements OutputItem {
        @Override
        public void write(JsonGenerator json) throws IOException {
            begin(json, id, "message", status);
            json.writeStringField("role", "assistant");
            json.writeArrayFieldStart("content");
            for (Part part : parts) {
                part.write(json);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    /** The text of a message. */
    record Part(String text, List<TokenLogprob> logprobs) {
        void write(JsonGenerator json) throws IOException {
            json.writeStartObject();
            json.writeStringField("type", "output_text");
            json.writeStringField("text", text);
            json.writeArrayFieldStart("annotations");
            json.writeEndArray();
            json.writeFieldName("logprobs");
            LogprobWriter.objects(json, logprobs);
            json.writeEndObject();
        }
    }

    /** What the client is asked to run. */
    record FunctionCall(String id, String status, String callId, ToolName name, String arguments)
            implements OutputItem {
        @Override
        public void write(JsonGenerator json) throws IOException {
            begin(json, id, "function_call", status);
            json.writeStringField("call_id", callId);
            json.writeStringField("name", name.name());
            if (!name.namespace().isEmpty()) {
                json.writeStringField("namespace", name.namespace());
            }
            json.writeStringField("arguments", arguments);
            json.writeEndObject();
        }
    }

    /** A search that this server makes. */
    record SearchCall(String id, String status, String query, List<String> sources) implements OutputItem {
        @Override
        public void write(JsonGenerator json) throws IOException {
            begin(json, id, "web_search_call", status);
            json.writeObjectFieldStart("action");
            json.writeStringField("type", "search");
            json.writeStringField("query", query);
            json.writeArrayFieldStart("queries");
            json.writeString(query);
            json.writeEndArray();
            json.writeArrayFieldStart("sources");
            for (String url : sources) {
                json.writeStartObject();
                json.writeStringField("type", "url");
                json.writeStringField("url", url);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndObject();
        }
    }

    private static void begin(JsonGenerator json, String id, String type, String status) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", id);
        json.writeStringField("type", type);
        if (!status.isEmpty()) {
            json.writeStringField("status", status);
        }
    }
}
