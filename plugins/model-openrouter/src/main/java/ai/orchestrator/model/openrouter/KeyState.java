package ai.orchestrator.model.openrouter;

import ai.orchestrator.openai.wire.Amounts;
import ai.orchestrator.openai.wire.Json;
import ai.orchestrator.plugin.Health;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.StringJoiner;

/** What OpenRouter says of the API key, in the operator's words. */
final class KeyState {
    private KeyState() {}

    static Health read(JsonNode data, Instant now) {
        Optional<Instant> expires = time(Json.text(data, "expires_at"));
        if (expires.filter(end -> !end.isAfter(now)).isPresent()) {
            return Health.down("the API key expired at " + expires.get());
        }
        JsonNode left = data.path("limit_remaining");
        if (left.isNumber() && left.decimalValue().signum() <= 0) {
            return Health.degraded("the credit of the API key is used up" + reset(data));
        }
        StringJoiner words = new StringJoiner("; ");
        credit(data).ifPresent(words::add);
        if (data.path("is_free_tier").asBoolean(false)) {
            words.add("the account has bought no credit");
        }
        JsonNode daily = data.path("free_model_daily_requests").path("remaining");
        if (daily.isNumber()) {
            words.add(daily.asLong() + " requests of free models left today");
        }
        expires.ifPresent(end -> words.add("the API key expires at " + end));
        return new Health(Health.State.UP, words.toString());
    }

    private static Optional<String> credit(JsonNode data) {
        Optional<BigDecimal> left = Amounts.dollars(data.path("limit_remaining"));
        Optional<BigDecimal> limit = Amounts.dollars(data.path("limit"));
        return left.map(amount -> "credit left: " + cents(amount)
                + limit.map(most -> " of " + cents(most)).orElse("") + " US dollars" + reset(data));
    }

    private static String reset(JsonNode data) {
        String reset = Json.text(data, "limit_reset");
        return reset.matches("[a-z]{1,20}") ? ", renewed " + reset : "";
    }

    private static String cents(BigDecimal amount) {
        return amount.setScale(2, RoundingMode.FLOOR).toPlainString();
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
