package ai.orchestrator.server.http.anthropic;

import ai.orchestrator.plugin.model.FinishReason;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.Usage;
import ai.orchestrator.server.http.Timestamps;
import ai.orchestrator.server.http.websearch.SearchOutcome;
import ai.orchestrator.server.http.websearch.SearchTool;
import ai.orchestrator.server.orchestration.WebSearch;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;

/** Writes the parts of a message that streamed and whole replies have in common. */
final class Blocks {
    private Blocks() {}

    static void text(JsonGenerator json, String text) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "text");
        json.writeStringField("text", text);
        json.writeEndObject();
    }

    /** Clients ask for a signature; this server does not check any. */
    static void thinking(JsonGenerator json, String thinking) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "thinking");
        json.writeStringField("thinking", thinking);
        json.writeStringField("signature", "");
        json.writeEndObject();
    }

    static void toolUse(JsonGenerator json, String id, String name, ObjectNode input) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "tool_use");
        json.writeStringField("id", id);
        json.writeStringField("name", name);
        json.writeFieldName("input");
        json.writeRawValue(input.toString());
        json.writeEndObject();
    }

    static void serverToolUse(JsonGenerator json, String id, JsonInput input) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "server_tool_use");
        json.writeStringField("id", id);
        json.writeStringField("name", SearchTool.NAME);
        json.writeObjectFieldStart("input");
        input.write(json);
        json.writeEndObject();
        json.writeEndObject();
    }

    /** Writes the members of an input. */
    @FunctionalInterface
    interface JsonInput {
        void write(JsonGenerator json) throws IOException;
    }

    static void searchResult(JsonGenerator json, String id, SearchOutcome outcome) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "web_search_tool_result");
        json.writeStringField("tool_use_id", id);
        switch (outcome) {
            case SearchOutcome.Found(List<WebSearch.Result> results) -> {
                json.writeArrayFieldStart("content");
                for (WebSearch.Result result : results) {
                    result(json, result);
                }
                json.writeEndArray();
            }
            case SearchOutcome.Failed(SearchOutcome.Reason reason) -> {
                json.writeObjectFieldStart("content");
                json.writeStringField("type", "web_search_tool_result_error");
                json.writeStringField("error_code", reason.code());
                json.writeEndObject();
            }
        }
        json.writeEndObject();
    }

    private static void result(JsonGenerator json, WebSearch.Result result) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "web_search_result");
        json.writeStringField("url", result.url());
        json.writeStringField("title", result.title());
        json.writeStringField("encrypted_content", "");
        if (result.publishedAt().isPresent()) {
            json.writeStringField(
                    "page_age", Timestamps.utc(result.publishedAt().get()));
        } else {
            json.writeNullField("page_age");
        }
        json.writeEndObject();
    }

    /**
     * Writes why an answer ended.
     *
     * @param called whether the client is asked to run a tool
     * @param stops the client's stop sequences; at any other the model ends its answers by nature
     */
    static void stop(JsonGenerator json, ModelEvent.Finished last, boolean called, List<String> stops)
            throws IOException {
        String text = last.stopText();
        if (!called && !text.isEmpty() && last.reason() == FinishReason.STOP && stops.contains(text)) {
            json.writeStringField("stop_reason", "stop_sequence");
            json.writeStringField("stop_sequence", text);
        } else {
            json.writeStringField("stop_reason", called ? "tool_use" : reason(last.reason()));
            json.writeNullField("stop_sequence");
        }
    }

    private static String reason(FinishReason reason) {
        return switch (reason) {
            case STOP, TOOL_CALLS -> "end_turn";
            case LENGTH -> "max_tokens";
            case CONTENT_FILTER -> "refusal";
        };
    }

    /** Tokens that came from a prompt cache are counted apart, as Anthropic does. */
    static void usage(JsonGenerator json, Usage usage, int searches) throws IOException {
        int cached = Math.clamp(usage.cachedPromptTokens(), 0, Math.max(0, usage.promptTokens()));
        usage(json, usage.promptTokens() - cached, cached, usage.completionTokens(), searches);
    }

    static void usage(JsonGenerator json, int input, int cached, int output, int searches) throws IOException {
        json.writeObjectFieldStart("usage");
        json.writeNumberField("input_tokens", input);
        json.writeNumberField("cache_creation_input_tokens", 0);
        json.writeNumberField("cache_read_input_tokens", cached);
        json.writeNumberField("output_tokens", output);
        if (searches > 0) {
            json.writeObjectFieldStart("server_tool_use");
            json.writeNumberField("web_search_requests", searches);
            json.writeEndObject();
        }
        json.writeEndObject();
    }
}
