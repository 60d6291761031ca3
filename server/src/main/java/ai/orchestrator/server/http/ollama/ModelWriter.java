package ai.orchestrator.server.http.ollama;

import ai.orchestrator.plugin.model.Capability;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.RemoteOrigin;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Locale;
import java.util.OptionalInt;

/** Writes the members that tags, ps and show have in common. */
final class ModelWriter {
    private ModelWriter() {}

    static void remote(JsonGenerator json, ModelInfo model) throws IOException {
        if (model.remote().isPresent()) {
            RemoteOrigin remote = model.remote().get();
            json.writeStringField("remote_model", remote.model());
            json.writeStringField("remote_host", remote.host());
        }
    }

    static void details(JsonGenerator json, ModelInfo model) throws IOException {
        details(json, model, "");
    }

    static void details(JsonGenerator json, ModelInfo model, String parent) throws IOException {
        json.writeObjectFieldStart("details");
        family(json, model, parent);
        number(json, "context_length", model.contextLength());
        number(json, "embedding_length", model.embeddingLength());
        json.writeEndObject();
    }

    /** Those of a running model have no lengths: Ollama leaves them out, and ollama4j fails where they are. */
    static void runningDetails(JsonGenerator json, ModelInfo model) throws IOException {
        json.writeObjectFieldStart("details");
        family(json, model, "");
        json.writeEndObject();
    }

    private static void family(JsonGenerator json, ModelInfo model, String parent) throws IOException {
        json.writeStringField("parent_model", parent);
        json.writeStringField("format", model.format());
        json.writeStringField(
                "family", model.families().isEmpty() ? "" : model.families().getFirst());
        json.writeArrayFieldStart("families");
        for (String family : model.families()) {
            json.writeString(family);
        }
        json.writeEndArray();
        json.writeStringField("parameter_size", model.parameterSize());
        json.writeStringField("quantization_level", model.quantization());
    }

    static void capabilities(JsonGenerator json, ModelInfo model) throws IOException {
        if (model.capabilities().isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("capabilities");
        for (Capability capability : Capability.values()) {
            if (model.capabilities().contains(capability)) {
                json.writeString(capability.name().toLowerCase(Locale.ROOT));
            }
        }
        json.writeEndArray();
    }

    private static void number(JsonGenerator json, String name, OptionalInt value) throws IOException {
        if (value.isPresent()) {
            json.writeNumberField(name, value.getAsInt());
        }
    }
}
