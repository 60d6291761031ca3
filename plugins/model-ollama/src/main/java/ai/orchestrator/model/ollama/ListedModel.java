package ai.orchestrator.model.ollama;

import ai.orchestrator.openai.wire.Json;
import ai.orchestrator.plugin.model.Capability;
import ai.orchestrator.plugin.model.RemoteOrigin;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What the server says of a model that it has.
 *
 * @param id the server's name for it, with a tag
 * @param digest as the server tells it; may be empty
 * @param modifiedAt empty if the server does not tell
 * @param details its format, families, sizes
 * @param shown what is known only if the server is asked for this model
 * @param origin where the server has it run, if not there
 */
record ListedModel(
        String id,
        String digest,
        Optional<Instant> modifiedAt,
        Details details,
        Shown shown,
        Optional<RemoteOrigin> origin) {
    private static final Shown NOT_ASKED = new Shown(OptionalInt.empty(), OptionalInt.empty(), Set.of());

    /** Texts are empty where nothing is told. */
    record Details(String format, List<String> families, String parameterSize, String quantization) {}

    /** @param capabilities empty if nobody tells */
    record Shown(OptionalInt context, OptionalInt embeddingLength, Set<Capability> capabilities) {
        /** What {@code /api/show} tells. */
        static Shown read(JsonNode reply) {
            JsonNode info = reply.path("model_info");
            String architecture = Json.text(info, "general.architecture");
            return new Shown(
                    positive(info.path(architecture + ".context_length")),
                    positive(info.path(architecture + ".embedding_length")),
                    ListedModel.capabilities(reply));
        }

        /** What this leaves out is taken from the other. */
        Shown or(Shown other) {
            return new Shown(
                    context.isPresent() ? context : other.context,
                    embeddingLength.isPresent() ? embeddingLength : other.embeddingLength,
                    capabilities.isEmpty() ? other.capabilities : capabilities);
        }

        boolean isWhole() {
            return context.isPresent() && !capabilities.isEmpty();
        }
    }

    /** A model that the server does not, or not yet, tell of. */
    static ListedModel unknown(String id) {
        return new ListedModel(
                id, "", Optional.empty(), new Details("", List.of(), "", ""), NOT_ASKED, Optional.empty());
    }

    /** Reads an entry of {@code /api/tags}. */
    static ListedModel read(JsonNode entry) {
        JsonNode details = entry.path("details");
        String id = Json.text(entry, "model");
        String host = Json.text(entry, "remote_host");
        return new ListedModel(
                id.isEmpty() ? Json.text(entry, "name") : id,
                Json.text(entry, "digest").toLowerCase(Locale.ROOT).replaceFirst("^sha256:", ""),
                time(Json.text(entry, "modified_at")),
                new Details(
                        Json.text(details, "format"),
                        families(details),
                        Json.text(details, "parameter_size"),
                        Json.text(details, "quantization_level")),
                new Shown(
                        positive(details.path("context_length")),
                        positive(details.path("embedding_length")),
                        capabilities(entry)),
                host.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new RemoteOrigin(Json.text(entry, "remote_model"), host)));
    }

    ListedModel with(Shown more) {
        return new ListedModel(id, digest, modifiedAt, details, shown.or(more), origin);
    }

    private static List<String> families(JsonNode details) {
        List<String> families = new ArrayList<>();
        details.path("families").forEach(family -> families.add(family.asText("")));
        String family = Json.text(details, "family");
        if (!family.isEmpty() && !families.contains(family)) {
            families.addFirst(family);
        }
        families.removeIf(String::isEmpty);
        return families;
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static OptionalInt positive(JsonNode node) {
        int number = node.asInt(0);
        return number > 0 ? OptionalInt.of(number) : OptionalInt.empty();
    }

    private static Set<Capability> capabilities(JsonNode node) {
        Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
        for (JsonNode told : node.path("capabilities")) {
            String name = told.asText("").toUpperCase(Locale.ROOT);
            for (Capability capability : Capability.values()) {
                if (capability.name().equals(name)) {
                    capabilities.add(capability);
                }
            }
        }
        return capabilities;
    }
}
