package ai.orchestrator.model.openrouter;

import ai.orchestrator.plugin.model.Capability;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What OpenRouter's list says of a model.
 *
 * @param parameters which members of a request some of its hosts understand; empty if the list does not tell
 */
record ListedModel(OptionalInt context, Pricing pricing, Set<Capability> capabilities, Set<String> parameters) {
    /** A model that is not, or not yet, found in the list: nothing is ruled out, and OpenRouter itself refuses what cannot be. */
    static final ListedModel UNKNOWN = new ListedModel(
            OptionalInt.empty(),
            Pricing.UNKNOWN,
            Set.of(Capability.COMPLETION, Capability.TOOLS, Capability.VISION, Capability.THINKING),
            Set.of());

    static ListedModel read(JsonNode entry) {
        int context = entry.path("context_length").asInt(0);
        Set<String> parameters = new HashSet<>();
        entry.path("supported_parameters").forEach(parameter -> parameters.add(parameter.asText()));
        return new ListedModel(
                context > 0 ? OptionalInt.of(context) : OptionalInt.empty(),
                new Pricing(entry.path("pricing")),
                capabilities(entry, parameters),
                Set.copyOf(parameters));
    }

    /** The same model in a variant that is not listed by itself, such as {@code :nitro}: its hosts, and so its price, may differ. */
    ListedModel variant() {
        return new ListedModel(context, Pricing.UNKNOWN, capabilities, parameters);
    }

    private static Set<Capability> capabilities(JsonNode entry, Set<String> parameters) {
        Set<Capability> capabilities = EnumSet.of(Capability.COMPLETION);
        if (parameters.contains("tools")) {
            capabilities.add(Capability.TOOLS);
        }
        if (parameters.contains("reasoning")) {
            capabilities.add(Capability.THINKING);
        }
        for (JsonNode modality : entry.path("architecture").path("input_modalities")) {
            if (modality.asText().equals("image")) {
                capabilities.add(Capability.VISION);
            }
        }
        return capabilities;
    }
}
