package ai.orchestrator.model.openai;

import ai.orchestrator.plugin.model.Capability;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a server's list says of a model.
 *
 * @param version what can only be otherwise if other weights answer to the id; empty if the list tells nothing of the kind
 * @param capabilities empty if the list does not tell
 */
record ListedModel(String id, String version, OptionalInt context, Set<Capability> capabilities) {
    /** Where servers tell the weights: vLLM by their place, llama-server by their measures. */
    private static final List<String> VERSION = List.of(
            "/root", "/parent", "/meta/size", "/meta/n_params", "/meta/n_vocab", "/meta/n_embd", "/meta/n_ctx_train");

    /** Many servers say that a model was made just now, whenever they are asked. */
    private static final Duration JUST_NOW = Duration.ofDays(1);

    /** Where servers tell the context: vLLM, llama-server, LM Studio, and gateways like OpenRouter. */
    private static final List<String> CONTEXT =
            List.of("/max_model_len", "/meta/n_ctx", "/meta/n_ctx_train", "/max_context_length", "/context_length");

    private static final Pattern EMBEDDER = Pattern.compile(".*embed.*", Pattern.CASE_INSENSITIVE);

    static ListedModel unknown(String id) {
        return new ListedModel(id, "", OptionalInt.empty(), Set.of());
    }

    /** @param now when the server told it */
    static ListedModel read(JsonNode entry, Instant now) {
        return new ListedModel(entry.path("id").asText(""), version(entry, now), context(entry), capabilities(entry));
    }

    /** Its name here: a file's path without folder and ending, in lower case, no white space, and one colon at most. */
    String name() {
        String name = id.endsWith(".gguf") ? id.substring(id.lastIndexOf('/') + 1, id.length() - ".gguf".length()) : id;
        name = name.strip().replaceAll("\\s+", "-").replaceFirst("^/+", "").toLowerCase(Locale.ROOT);
        int colon = name.indexOf(':');
        if (colon < 0) {
            return name + ":latest";
        }
        return name.substring(0, colon + 1) + name.substring(colon + 1).replace(':', '-');
    }

    /** What it can probably do, where nobody says: a name that tells of embedding, or else what most models can. */
    Set<Capability> likelyCapabilities() {
        if (!capabilities.isEmpty()) {
            return capabilities;
        }
        return EMBEDDER.matcher(id).matches()
                ? Set.of(Capability.EMBEDDING)
                : Set.of(Capability.COMPLETION, Capability.TOOLS);
    }

    private static String version(JsonNode entry, Instant now) {
        StringBuilder version = new StringBuilder();
        for (String pointer : VERSION) {
            JsonNode told = entry.at(pointer);
            if (told.isNumber() || told.isTextual()) {
                version.append(pointer).append('=').append(told).append('\n');
            }
        }
        long created = entry.path("created").asLong(0);
        if (created > 0 && created < now.minus(JUST_NOW).getEpochSecond()) {
            version.append("created=").append(created).append('\n');
        }
        return version.toString();
    }

    private static OptionalInt context(JsonNode entry) {
        for (String pointer : CONTEXT) {
            int context = entry.at(pointer).asInt(0);
            if (context > 0) {
                return OptionalInt.of(context);
            }
        }
        return OptionalInt.empty();
    }

    private static Set<Capability> capabilities(JsonNode entry) {
        Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
        for (JsonNode told : entry.path("capabilities")) {
            switch (told.asText("").toLowerCase(Locale.ROOT)) {
                case "completion", "chat" -> capabilities.add(Capability.COMPLETION);
                case "tools", "tool_use" -> capabilities.add(Capability.TOOLS);
                case "vision", "multimodal" -> capabilities.add(Capability.VISION);
                case "embedding", "embeddings" -> capabilities.add(Capability.EMBEDDING);
                case "thinking", "reasoning" -> capabilities.add(Capability.THINKING);
                case "insert" -> capabilities.add(Capability.INSERT);
                default -> {}
            }
        }
        return capabilities;
    }
}
