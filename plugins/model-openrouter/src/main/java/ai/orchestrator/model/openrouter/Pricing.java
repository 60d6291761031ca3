package ai.orchestrator.model.openrouter;

import ai.orchestrator.openai.wire.Amounts;
import ai.orchestrator.plugin.model.Price;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What OpenRouter's list says a model costs: prices in dollars for each token, call and image, and others that override them for long prompts
 * or at certain times of the day. A price that is negative, as that of a router, or no number makes the whole unknown where it holds, and never
 * cheap.
 */
record Pricing(JsonNode node) {
    static final Pricing UNKNOWN = new Pricing(MissingNode.getInstance());

    private static final long EVERY_PROMPT = -1;
    private static final List<String> READ = List.of("prompt", "completion", "input_cache_read", "request", "image");

    /** Whether the price is another one at another time of the day. */
    boolean changesByTime() {
        for (JsonNode override : node.path("overrides")) {
            if (override.hasNonNull("utc_start") || override.hasNonNull("utc_end")) {
                return true;
            }
        }
        return false;
    }

    /** The price at a moment. */
    Price at(Instant moment) {
        Optional<BigDecimal> prompt = amount(node, "prompt");
        Optional<BigDecimal> completion = amount(node, "completion");
        Optional<BigDecimal> cached = amount(node, "input_cache_read");
        Optional<BigDecimal> request = amount(node, "request");
        Optional<BigDecimal> image = amount(node, "image");
        List<Price.LongPrompt> longer = new ArrayList<>();
        boolean sensible = isSensible(node, List.of("input_cache_read", "request", "image"));
        for (JsonNode override : node.path("overrides")) {
            if (holds(override, moment)) {
                sensible &= isSensible(override, READ);
                longer.add(new Price.LongPrompt(
                        override.path("min_prompt_tokens").asLong(EVERY_PROMPT),
                        amount(override, "prompt"),
                        amount(override, "completion"),
                        amount(override, "input_cache_read")));
                if (!override.hasNonNull("min_prompt_tokens")) {
                    request = override.hasNonNull("request") ? amount(override, "request") : request;
                    image = override.hasNonNull("image") ? amount(override, "image") : image;
                }
            }
        }
        return sensible
                ? new Price(
                        prompt,
                        completion,
                        cached,
                        request.orElse(BigDecimal.ZERO),
                        image.orElse(BigDecimal.ZERO),
                        longer)
                : Price.unknown();
    }

    /** Whether it holds at this time of the day; one that cannot be read does, so that it makes the price unknown. */
    private static boolean holds(JsonNode override, Instant moment) {
        int start = time(override.path("utc_start"), 0);
        int end = time(override.path("utc_end"), 2400);
        LocalTime clock = LocalTime.ofInstant(moment, ZoneOffset.UTC);
        int now = clock.getHour() * 100 + clock.getMinute();
        if (start < 0 || end < 0 || start == end) {
            return true;
        }
        return start < end ? now >= start && now < end : now >= start || now < end;
    }

    /** Hours and minutes as one number; negative if it is none. */
    private static int time(JsonNode node, int fallback) {
        if (node.isMissingNode() || node.isNull()) {
            return fallback;
        }
        String text = node.asText("").replace(":", "").strip();
        return text.matches("\\d{1,4}") ? Integer.parseInt(text) : -1;
    }

    private static boolean isSensible(JsonNode prices, List<String> names) {
        boolean times = time(prices.path("utc_start"), 0) >= 0 && time(prices.path("utc_end"), 0) >= 0;
        return times
                && names.stream()
                        .noneMatch(name ->
                                prices.hasNonNull(name) && amount(prices, name).isEmpty());
    }

    private static Optional<BigDecimal> amount(JsonNode prices, String name) {
        return Amounts.dollars(prices.path(name));
    }
}
