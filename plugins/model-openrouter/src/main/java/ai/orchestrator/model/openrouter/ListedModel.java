package ai.orchestrator.model.openrouter;

import ai.orchestrator.plugin.model.Capability;
import ai.orchestrator.plugin.model.Price;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** What OpenRouter's list says of a model. */
record ListedModel(OptionalInt context, Price price, Set<Capability> capabilities) {
    /** A model that is not, or not yet, found in the list: nothing is ruled out, and OpenRouter itself refuses what cannot be. */
    static final ListedModel UNKNOWN = new ListedModel(
            OptionalInt.empty(),
            Price.unknown(),
            Set.of(Capability.COMPLETION, Capability.TOOLS, Capability.VISION, Capability.THINKING));

    static ListedModel read(JsonNode entry) {
        int context = entry.path("context_length").asInt(0);
        JsonNode pricing = entry.path("pricing");
        return new ListedModel(
                context > 0 ? OptionalInt.of(context) : OptionalInt.empty(),
                new Price(price(pricing.path("prompt")), price(pricing.path("completion"))),
                capabilities(entry));
    }

    /** The same model in a variant that is not listed by itself, such as {@code :nitro}: its hosts, and so its price, may differ. */
    ListedModel variant() {
        return new ListedModel(context, Price.unknown(), capabilities);
    }

    /** Dollars per token, mostly as a text; a router's price varies and is given as a negative one. */
    private static Optional<BigDecimal> price(JsonNode node) {
        try {
            BigDecimal price = new BigDecimal(node.asText());
            return price.signum() >= 0 && Math.abs(price.scale()) <= 40 ? Optional.of(price) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Set<Capability> capabilities(JsonNode entry) {
        Set<Capability> capabilities = EnumSet.of(Capability.COMPLETION);
        for (JsonNode parameter : entry.path("supported_parameters")) {
            switch (parameter.asText()) {
                case "tools" -> capabilities.add(Capability.TOOLS);
                case "reasoning" -> capabilities.add(Capability.THINKING);
                default -> {}
            }
        }
        for (JsonNode modality : entry.path("architecture").path("input_modalities")) {
            if (modality.asText().equals("image")) {
                capabilities.add(Capability.VISION);
            }
        }
        return capabilities;
    }
}
