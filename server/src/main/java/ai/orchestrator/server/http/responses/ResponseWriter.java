package ai.orchestrator.server.http.responses;

import ai.orchestrator.plugin.model.Usage;
import ai.orchestrator.server.http.JsonObject;
import ai.orchestrator.server.http.RandomIds;
import ai.orchestrator.server.http.SourcesJson;
import ai.orchestrator.server.orchestration.Source;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Writes the response object of one request, which repeats much of what was asked. */
final class ResponseWriter {
    private static final String NONE = "null";

    private final JsonObject request;
    private final String number = RandomIds.number();
    private final long created = Instant.now().getEpochSecond();

    ResponseWriter(JsonObject request) {
        this.request = request;
    }

    /** Tells this response from others. */
    String number() {
        return number;
    }

    /**
     * A state of the response.
     *
     * @param incomplete why it was cut
     * @param error what went wrong, as the name of OpenAI's for it and a sentence
     * @param sources what the answer may cite
     */
    record State(
            String status,
            Optional<String> incomplete,
            Optional<Failure> error,
            Optional<Usage> usage,
            Optional<BigDecimal> costUsd,
            List<Source> sources) {
        /** Nothing is there yet. */
        static final State BEGUN = new State(
                Output.IN_PROGRESS, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of());

        static State failed(Failure failure) {
            return new State(
                    "failed", Optional.empty(), Optional.of(failure), Optional.empty(), Optional.empty(), List.of());
        }

        /** @param incomplete as in {@link State}, as are the others */
        static State ended(
                Optional<String> incomplete, Usage usage, Optional<BigDecimal> costUsd, List<Source> sources) {
            String status = incomplete.isPresent() ? "incomplete" : Output.COMPLETED;
            return new State(status, incomplete, Optional.empty(), Optional.of(usage), costUsd, sources);
        }
    }

    /** What went wrong. */
    record Failure(String code, String message) {}

    void write(JsonGenerator json, State state, List<OutputItem> output) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", "resp_" + number);
        json.writeStringField("object", "response");
        json.writeNumberField("created_at", created);
        if (state.usage().isPresent()) {
            json.writeNumberField("completed_at", Instant.now().getEpochSecond());
        } else {
            json.writeNullField("completed_at");
        }
        json.writeStringField("status", state.status());
        details(json, state);
        json.writeStringField("model", request.text("model"));
        json.writeNullField("previous_response_id");
        repeat(json, "instructions", NONE);
        json.writeArrayFieldStart("output");
        for (OutputItem item : output) {
            item.write(json);
        }
        json.writeEndArray();
        repeat(json, "tools", "[]");
        repeat(json, "tool_choice", "\"auto\"");
        repeat(json, "truncation", "\"disabled\"");
        repeat(json, "parallel_tool_calls", "true");
        repeat(json, "text", "{\"format\":{\"type\":\"text\"}}");
        repeat(json, "top_p", "1");
        json.writeNumberField("presence_penalty", 0);
        json.writeNumberField("frequency_penalty", 0);
        repeat(json, "top_logprobs", "0");
        repeat(json, "temperature", "1");
        repeat(json, "reasoning", NONE);
        usage(json, state);
        repeat(json, "max_output_tokens", NONE);
        repeat(json, "max_tool_calls", NONE);
        json.writeBooleanField("store", false);
        json.writeBooleanField("background", false);
        json.writeStringField("service_tier", "default");
        repeat(json, "metadata", "{}");
        repeat(json, "safety_identifier", NONE);
        repeat(json, "prompt_cache_key", NONE);
        SourcesJson.write(json, state.sources());
        json.writeEndObject();
    }

    private void repeat(JsonGenerator json, String name, String absent) throws IOException {
        json.writeFieldName(name);
        json.writeRawValue(request.json(name).orElse(absent));
    }

    private static void details(JsonGenerator json, State state) throws IOException {
        if (state.incomplete().isPresent()) {
            json.writeObjectFieldStart("incomplete_details");
            json.writeStringField("reason", state.incomplete().get());
            json.writeEndObject();
        } else {
            json.writeNullField("incomplete_details");
        }
        if (state.error().isPresent()) {
            json.writeObjectFieldStart("error");
            json.writeStringField("code", state.error().get().code());
            json.writeStringField("message", state.error().get().message());
            json.writeEndObject();
        } else {
            json.writeNullField("error");
        }
    }

    private static void usage(JsonGenerator json, State state) throws IOException {
        if (state.usage().isEmpty()) {
            json.writeNullField("usage");
            return;
        }
        Usage usage = state.usage().get();
        json.writeObjectFieldStart("usage");
        json.writeNumberField("input_tokens", usage.promptTokens());
        json.writeObjectFieldStart("input_tokens_details");
        json.writeNumberField("cached_tokens", Math.max(0, usage.cachedPromptTokens()));
        json.writeEndObject();
        json.writeNumberField("output_tokens", usage.completionTokens());
        json.writeObjectFieldStart("output_tokens_details");
        json.writeNumberField("reasoning_tokens", 0);
        json.writeEndObject();
        json.writeNumberField("total_tokens", (long) usage.promptTokens() + usage.completionTokens());
        if (state.costUsd().isPresent()) {
            json.writeFieldName("cost");
            json.writeNumber(state.costUsd().get().stripTrailingZeros().toPlainString());
        }
        json.writeEndObject();
    }
}
