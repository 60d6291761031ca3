package ai.orchestrator.server.library;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The list of a model's parts. Its own SHA-256 sum is the model's digest. */
record Manifest(Layer config, List<Layer> layers) {
    /** More than any model's manifest has. */
    static final int MAX_BYTES = 4 << 20;

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int MAX_LAYERS = 10_000;
    private static final long MAX_SIZE = 1L << 50;
    private static final String ANNOTATIONS = "annotations";
    private static final String ORIGIN = "ai.orchestrator.origin";
    private static final String GIVEN = "create";

    Manifest {
        layers = List.copyOf(layers);
    }

    /** Reads a manifest; whatever it claims is checked for form, and believed by nobody else. */
    static Manifest parse(byte[] bytes) throws MalformedManifestException {
        JsonNode root = tree(bytes);
        String type = root.path("mediaType").asText(MediaTypes.MANIFEST);
        if (!MediaTypes.MANIFESTS.contains(type) || root.has("manifests")) {
            throw new MalformedManifestException("a manifest of type '" + shown(type) + "' does not describe a model");
        }
        if (root.path("schemaVersion").asInt() != 2) {
            throw new MalformedManifestException("its schema version is not 2");
        }
        JsonNode layers = root.path("layers");
        boolean absent = layers.isMissingNode() || layers.isNull();
        if ((!layers.isArray() && !absent) || layers.size() > MAX_LAYERS) {
            throw new MalformedManifestException("it has no list of layers, or too long a one");
        }
        List<Layer> read = new ArrayList<>();
        for (JsonNode layer : layers) {
            read.add(layer(layer));
        }
        return new Manifest(layer(root.path("config")), read);
    }

    /** The manifest as it is written. */
    byte[] bytes() {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("schemaVersion", 2).put("mediaType", MediaTypes.MANIFEST);
        root.set("config", node(config));
        ArrayNode all = root.putArray("layers");
        layers.forEach(layer -> all.add(node(layer)));
        try {
            return MAPPER.writeValueAsBytes(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and numbers are always JSON", e);
        }
    }

    List<Layer> of(String mediaType) {
        return layers.stream().filter(layer -> layer.is(mediaType)).toList();
    }

    /** Every part, the configuration last; one that stands twice is there once. */
    List<Layer> parts() {
        return Stream.concat(layers.stream(), Stream.of(config))
                .collect(Collectors.toMap(Layer::digest, layer -> layer, (a, b) -> a, LinkedHashMap::new))
                .values()
                .stream()
                .toList();
    }

    Set<BlobDigest> digests() {
        return parts().stream().map(Layer::digest).collect(Collectors.toSet());
    }

    /** Bytes of all parts. */
    long size() {
        return parts().stream().mapToLong(Layer::size).sum();
    }

    private static JsonNode tree(byte[] bytes) throws MalformedManifestException {
        try {
            JsonNode root = MAPPER.readTree(bytes);
            if (root != null && root.isObject()) {
                return root;
            }
        } catch (IOException e) {
            // told below
        }
        throw new MalformedManifestException("it is not a JSON object");
    }

    private static Layer layer(JsonNode node) throws MalformedManifestException {
        BlobDigest digest = BlobDigest.parse(node.path("digest").asText())
                .filter(ignored -> node.path("digest").asText().startsWith("sha256:"))
                .orElseThrow(() -> new MalformedManifestException("it has a layer whose digest is not a SHA-256 sum"));
        JsonNode size = node.path("size");
        if (!size.isIntegralNumber() || size.longValue() < 0 || size.longValue() > MAX_SIZE) {
            throw new MalformedManifestException("it has a layer whose size is not a number of bytes");
        }
        boolean given = node.path(ANNOTATIONS).path(ORIGIN).asText().equals(GIVEN);
        return new Layer(node.path("mediaType").asText(), digest, size.longValue(), given);
    }

    private static ObjectNode node(Layer layer) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("mediaType", layer.mediaType());
        node.put("digest", layer.digest().toString());
        node.put("size", layer.size());
        if (layer.given()) {
            node.putObject(ANNOTATIONS).put(ORIGIN, GIVEN);
        }
        return node;
    }

    private static String shown(String type) {
        String plain = type.replaceAll("[^A-Za-z0-9/.+;=_-]", "?");
        return plain.length() > 100 ? plain.substring(0, 100) : plain;
    }
}
