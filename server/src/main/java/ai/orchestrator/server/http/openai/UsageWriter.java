package ai.orchestrator.server.http.openai;

import ai.orchestrator.plugin.model.Usage;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Optional;

/** Writes what an answer took. */
final class UsageWriter {
    private UsageWriter() {}

    /**
     * Writes the member {@code usage}.
     *
     * @param costUsd what it cost this time, in US dollars; Open WebUI adds these up
     */
    static void write(JsonGenerator json, Usage usage, Optional<BigDecimal> costUsd) throws IOException {
        json.writeObjectFieldStart("usage");
        tokens(json, usage.promptTokens(), usage.completionTokens());
        json.writeObjectFieldStart("prompt_tokens_details");
        json.writeNumberField("cached_tokens", Math.max(0, usage.cachedPromptTokens()));
        json.writeEndObject();
        if (costUsd.isPresent()) {
            json.writeFieldName("cost");
            json.writeNumber(costUsd.get().stripTrailingZeros().toPlainString());
        }
        json.writeEndObject();
    }

    /** Writes a usage of nothing. */
    static void zeros(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("usage");
        tokens(json, 0, 0);
        json.writeEndObject();
    }

    private static void tokens(JsonGenerator json, int prompt, int completion) throws IOException {
        json.writeNumberField("prompt_tokens", prompt);
        json.writeNumberField("completion_tokens", completion);
        json.writeNumberField("total_tokens", (long) prompt + completion);
    }
}
