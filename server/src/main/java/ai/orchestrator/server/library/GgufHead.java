package ai.orchestrator.server.library;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What the library needs to know of a GGUF file: what kind it is, and what it holds.
 *
 * @param metadata texts, numbers and truth values by key; lists are left out
 * @param parameters how many numbers its tensors hold
 */
record GgufHead(Map<String, Object> metadata, long parameters) {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int MAX_SHOWN = 1000;

    /** What a GGUF file is for. */
    enum Kind {
        WEIGHTS,
        ADAPTER,
        PROJECTOR
    }

    GgufHead {
        metadata = Map.copyOf(metadata);
    }

    Kind kind() {
        String type = text("general.type");
        if (type.equals("adapter")) {
            return Kind.ADAPTER;
        }
        boolean projector = type.equals("mmproj")
                || architecture().equals("clip")
                || Boolean.TRUE.equals(metadata.get("clip.has_vision_encoder"));
        return projector ? Kind.PROJECTOR : Kind.WEIGHTS;
    }

    String architecture() {
        return text("general.architecture");
    }

    /** The template of its own; empty for none. */
    String chatTemplate() {
        return text("tokenizer.chat_template");
    }

    boolean hasChatTemplate() {
        return !chatTemplate().isEmpty();
    }

    /** Such as {@code Q4_1}; empty if unknown. */
    String quantization() {
        OptionalLong type = number("general.file_type");
        return type.isPresent() ? FileTypes.name(type.getAsLong()) : "";
    }

    /** Such as {@code 134.52M}. */
    String parameterSize() {
        if (parameters >= 1_000_000_000) {
            return String.format(Locale.ROOT, "%.1fB", parameters / 1e9);
        }
        return parameters >= 1_000_000
                ? String.format(Locale.ROOT, "%.2fM", parameters / 1e6)
                : parameters / 1000 + "K";
    }

    /** A whole number of the metadata. */
    OptionalLong number(String key) {
        return metadata.get(key) instanceof Long number ? OptionalLong.of(number) : OptionalLong.empty();
    }

    /** Into how many files what it describes was split; 1 for a file that is whole. */
    long parts() {
        return number("split.count").orElse(1);
    }

    /** The metadata as a JSON object, without long texts. */
    String json() {
        Map<String, Object> shown = new TreeMap<>(metadata);
        shown.values().removeIf(value -> value instanceof String text && text.length() > MAX_SHOWN);
        shown.put("general.parameter_count", parameters);
        try {
            return MAPPER.writeValueAsString(shown);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and numbers are always JSON", e);
        }
    }

    private String text(String key) {
        return metadata.get(key) instanceof String text ? text : "";
    }
}
