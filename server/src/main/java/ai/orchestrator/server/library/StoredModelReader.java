package ai.orchestrator.server.library;

import ai.orchestrator.plugin.model.Message;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads models out of the folders. */
final class StoredModelReader {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int MAX_TEXT = 4 << 20;

    private final BlobFolder blobs;

    StoredModelReader(BlobFolder blobs) {
        this.blobs = blobs;
    }

    /** @throws IOException if a part is missing or is not what it should be; the message is a clause */
    StoredModel read(ManifestFolder.Entry entry) throws IOException {
        Manifest manifest = Manifest.parse(entry.bytes());
        requireParts(manifest);
        ModelConfig config = ModelConfig.of(json(manifest.config()));
        List<Layer> templates = new ArrayList<>(
                manifest.of(MediaTypes.TEMPLATE).isEmpty() ? manifest.of(MediaTypes.PROMPT) : List.of());
        templates.addAll(manifest.of(MediaTypes.TEMPLATE));
        List<String> licenses = new ArrayList<>();
        for (Layer license : manifest.of(MediaTypes.LICENSE)) {
            licenses.add(text(license));
        }
        Optional<GgufHead> weights = weights(manifest, config);
        String template = templates.isEmpty() ? "" : text(templates.getLast());
        boolean rendered = !template.isEmpty()
                && (templates.getLast().given()
                        || weights.filter(head -> !head.hasChatTemplate()).isPresent());
        return new StoredModel(
                entry.name(),
                manifest,
                BlobDigest.of(entry.bytes()).hex(),
                entry.modifiedAt(),
                config,
                template,
                lastText(manifest, MediaTypes.SYSTEM),
                parameters(manifest),
                messages(manifest),
                licenses,
                weights,
                rendered ? Optional.of(StoredTemplates.parse(template)) : Optional.empty());
    }

    private Optional<GgufHead> weights(Manifest manifest, ModelConfig config) throws IOException {
        List<Layer> weights = manifest.of(MediaTypes.WEIGHTS);
        if (weights.isEmpty()) {
            if (!config.standsForAnother()) {
                throw new MalformedManifestException("it has no weights");
            }
            return Optional.empty();
        }
        GgufHead head = GgufHeadReader.read(blobs.path(weights.getFirst().digest()));
        if (head.parts() > 1) {
            throw new MalformedManifestException("its weights are a part of a model that was split into " + head.parts()
                    + " files; a model can be created from all of them");
        }
        return Optional.of(head);
    }

    private void requireParts(Manifest manifest) throws MalformedManifestException {
        for (Layer part : manifest.parts()) {
            if (blobs.size(part.digest()).filter(size -> size == part.size()).isEmpty()) {
                throw new MalformedManifestException(
                        "its part " + part.digest().brief() + " is missing or has another size");
            }
        }
    }

    private Map<String, JsonNode> parameters(Manifest manifest) throws IOException {
        Map<String, JsonNode> parameters = new LinkedHashMap<>();
        for (Layer layer : manifest.of(MediaTypes.PARAMETERS)) {
            json(layer).properties().forEach(parameter -> parameters.put(parameter.getKey(), parameter.getValue()));
        }
        return parameters;
    }

    private List<Message> messages(Manifest manifest) throws IOException {
        List<Message> messages = new ArrayList<>();
        for (Layer layer : manifest.of(MediaTypes.MESSAGES)) {
            for (JsonNode message : json(layer)) {
                messages.add(Message.of(
                        message.path("role").asText().toLowerCase(Locale.ROOT),
                        message.path("content").asText()));
            }
        }
        return messages;
    }

    private JsonNode json(Layer layer) throws IOException {
        try {
            return MAPPER.readTree(bytes(layer));
        } catch (JsonProcessingException e) {
            throw new MalformedManifestException("its part " + layer.digest().brief() + " is not JSON");
        }
    }

    private String lastText(Manifest manifest, String type) throws IOException {
        List<Layer> layers = manifest.of(type);
        return layers.isEmpty() ? "" : text(layers.getLast());
    }

    private String text(Layer layer) throws IOException {
        return new String(bytes(layer), StandardCharsets.UTF_8);
    }

    private byte[] bytes(Layer layer) throws IOException {
        if (layer.size() > MAX_TEXT) {
            throw new MalformedManifestException(
                    "its part " + layer.digest().brief() + " is too long for what it should be");
        }
        return blobs.read(layer.digest(), MAX_TEXT);
    }
}
