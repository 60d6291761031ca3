package ai.orchestrator.server.library;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** A model's configuration, the JSON object that its manifest names. Members that this server does not know are kept. */
record ModelConfig(ObjectNode json) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** The model of this server that answers in this one's place. */
    private static final String ALIAS_OF = "alias_of";

    private static final String REMOTE_MODEL = "remote_model";
    private static final String REMOTE_HOST = "remote_host";

    static ModelConfig empty() {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("architecture", "amd64").put("os", "linux");
        return new ModelConfig(json);
    }

    static ModelConfig of(JsonNode read) throws MalformedManifestException {
        if (read instanceof ObjectNode json) {
            return new ModelConfig(json);
        }
        throw new MalformedManifestException("its configuration is not a JSON object");
    }

    /** A text; empty if there is none by this name. */
    String text(String name) {
        return json.path(name).asText("");
    }

    Optional<String> aliasOf() {
        return Optional.of(text(ALIAS_OF)).filter(name -> !name.isEmpty());
    }

    String remoteModel() {
        return text(REMOTE_MODEL);
    }

    String remoteHost() {
        return text(REMOTE_HOST);
    }

    /** Whether another model of this server, here or remote, does the work. */
    boolean standsForAnother() {
        return aliasOf().isPresent() || !remoteHost().isEmpty();
    }

    ModelConfig with(String name, String value) {
        ObjectNode copy = json.deepCopy();
        if (value.isEmpty()) {
            copy.remove(name);
        } else {
            copy.put(name, value);
        }
        return new ModelConfig(copy);
    }

    ModelConfig with(String name, JsonNode value) {
        ObjectNode copy = json.deepCopy();
        copy.set(name, value);
        return new ModelConfig(copy);
    }

    ModelConfig aliasOf(String full) {
        return with(ALIAS_OF, full);
    }

    ModelConfig remote(String model, String host) {
        return with(REMOTE_MODEL, model).with(REMOTE_HOST, host);
    }

    /** What the weights' header says, as Ollama writes it. */
    ModelConfig describing(GgufHead weights, List<Layer> layers) {
        ObjectNode copy = json.deepCopy();
        copy.put("model_format", "gguf");
        copy.put("model_family", weights.architecture());
        copy.putArray("model_families").add(weights.architecture());
        copy.put("model_type", weights.parameterSize());
        copy.put("file_type", weights.quantization());
        ObjectNode roots = copy.putObject("rootfs");
        roots.put("type", "layers");
        layers.forEach(layer -> roots.withArray("diff_ids").add(layer.digest().toString()));
        return new ModelConfig(copy);
    }

    byte[] bytes() {
        try {
            return MAPPER.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON object is always JSON", e);
        }
    }
}
