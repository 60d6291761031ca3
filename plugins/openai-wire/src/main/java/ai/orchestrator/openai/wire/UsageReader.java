package ai.orchestrator.openai.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Optional;

/** Reads the {@code usage} of a reply. What is absent or senseless counts as not told. */
record UsageReader(JsonNode usage) {
    private static final BigDecimal DEAREST = BigDecimal.valueOf(1_000_000);

    int promptTokens() {
        return count(usage.path("prompt_tokens"));
    }

    int cachedPromptTokens() {
        return Math.min(
                promptTokens(), count(usage.path("prompt_tokens_details").path("cached_tokens")));
    }

    int completionTokens() {
        return count(usage.path("completion_tokens"));
    }

    /** US dollars; with a key of the operator's own at the model's host, that host's bill is part of it. */
    Optional<BigDecimal> cost() {
        Optional<BigDecimal> cost = amount(usage.path("cost"));
        if (!usage.path("is_byok").asBoolean(false)) {
            return cost;
        }
        Optional<BigDecimal> hosts = amount(usage.path("cost_details").path("upstream_inference_cost"));
        return cost.flatMap(fee -> hosts.map(fee::add));
    }

    private static int count(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToInt() ? Math.max(0, node.intValue()) : 0;
    }

    private static Optional<BigDecimal> amount(JsonNode node) {
        if (!node.isNumber() && !node.isTextual()) {
            return Optional.empty();
        }
        try {
            BigDecimal amount = node.isNumber() ? node.decimalValue() : new BigDecimal(node.asText());
            boolean sensible = amount.signum() >= 0 && Math.abs(amount.scale()) <= 40 && amount.compareTo(DEAREST) < 0;
            return sensible ? Optional.of(amount) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
