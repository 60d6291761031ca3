package ai.orchestrator.openai.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the {@code usage} of a reply. What is absent or cannot be counts as not told. */
record UsageReader(JsonNode usage) {
    private static final List<String> COUNTS = List.of("prompt_tokens", "completion_tokens");

    int promptTokens() {
        return Amounts.tokens(usage.path("prompt_tokens"));
    }

    int cachedPromptTokens() {
        return Math.min(
                promptTokens(),
                Amounts.tokens(usage.path("prompt_tokens_details").path("cached_tokens")));
    }

    int completionTokens() {
        return Amounts.tokens(usage.path("completion_tokens"));
    }

    /** US dollars; with a key of the operator's own at the model's host, that host's bill is part of it. */
    Optional<BigDecimal> cost() {
        Optional<BigDecimal> cost = Amounts.dollars(usage.path("cost"));
        if (!usage.path("is_byok").asBoolean(false)) {
            return cost;
        }
        Optional<BigDecimal> hosts = Amounts.dollars(usage.path("cost_details").path("upstream_inference_cost"));
        return cost.flatMap(fee -> hosts.map(fee::add));
    }

    /** What it tells and cannot be, such as {@code completion_tokens -5}. */
    List<String> nonsense() {
        List<String> nonsense = new ArrayList<>();
        for (String name : COUNTS) {
            if (!Amounts.areTokens(usage.path(name))) {
                nonsense.add(Amounts.shown(name, usage.path(name)));
            }
        }
        JsonNode cost = usage.path("cost");
        if (!cost.isMissingNode() && !cost.isNull() && Amounts.dollars(cost).isEmpty()) {
            nonsense.add(Amounts.shown("cost", cost));
        }
        return nonsense;
    }
}
