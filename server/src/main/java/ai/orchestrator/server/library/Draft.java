package ai.orchestrator.server.library;

import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.server.orchestration.LibraryFailure;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A model while it is being made. */
final class Draft {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final BlobFolder blobs;
    private final List<Layer> layers = new ArrayList<>();
    private final List<BlobDigest> made = new ArrayList<>();
    private Optional<GgufHead> weights = Optional.empty();
    private ModelConfig config;

    /** A model of nothing. */
    Draft(BlobFolder blobs, ModelConfig config) {
        this.blobs = blobs;
        this.config = config;
    }

    /** A model that has all that another one has. */
    Draft(BlobFolder blobs, StoredModel base) {
        this(blobs, base.config().with("parent_model", base.full()));
        layers.addAll(base.manifest().layers());
        weights = base.weights();
    }

    ModelConfig config() {
        return config;
    }

    void config(ModelConfig other) {
        config = other;
    }

    boolean hasWeights() {
        return weights.isPresent();
    }

    /** The blobs that are there only for this model. */
    List<BlobDigest> made() {
        return made;
    }

    /** Adds files that clients have sent. */
    void addFiles(Collection<String> digests, Set<GgufHead.Kind> kinds) {
        for (String text : digests) {
            BlobDigest digest =
                    BlobDigest.parse(text).orElseThrow(() -> LibraryFailure.invalid("invalid digest format"));
            long size = blobs.size(digest)
                    .orElseThrow(() -> LibraryFailure.invalid(
                            "blob \"" + digest + "\" is not on this server: send it to /api/blobs first"));
            GgufHead head = head(digest);
            if (!kinds.contains(head.kind())) {
                throw LibraryFailure.invalid("blob " + digest.brief() + " is not an adapter");
            }
            if (head.kind() == GgufHead.Kind.WEIGHTS) {
                if (weights.isPresent()) {
                    throw LibraryFailure.invalid("the files hold the weights of more than one model");
                }
                weights = Optional.of(head);
            }
            layers.add(new Layer(mediaType(head.kind()), digest, size));
        }
    }

    void template(String text) {
        layers.removeIf(layer -> layer.is(MediaTypes.PROMPT));
        texts(MediaTypes.TEMPLATE, List.of(text));
    }

    /** Puts texts in the place of all that are of their type; an empty one is left out. */
    void texts(String type, List<String> texts) {
        layers.removeIf(layer -> layer.is(type));
        for (String text : texts) {
            if (!text.isEmpty()) {
                Layer plain = part(type, text.getBytes(StandardCharsets.UTF_8));
                layers.add(new Layer(type, plain.digest(), plain.size(), type.equals(MediaTypes.TEMPLATE)));
            }
        }
    }

    /** Adds options to those that are there. */
    void parameters(Map<String, String> parameters) {
        ObjectNode all = MAPPER.createObjectNode();
        try {
            for (Layer layer : layers) {
                if (layer.is(MediaTypes.PARAMETERS)
                        && MAPPER.readTree(blobs.read(layer.digest(), Manifest.MAX_BYTES)) instanceof ObjectNode old) {
                    all.setAll(old);
                }
            }
            for (Map.Entry<String, String> parameter : new TreeMap<>(parameters).entrySet()) {
                all.set(parameter.getKey(), MAPPER.readTree(parameter.getValue()));
            }
        } catch (IOException e) {
            throw BlobFolder.failed("the parameters cannot be read", e);
        }
        texts(MediaTypes.PARAMETERS, List.of(all.toString()));
    }

    void messages(List<Message> messages) {
        ArrayNode all = MAPPER.createArrayNode();
        messages.forEach(message -> all.addObject().put("role", message.role()).put("content", message.content()));
        texts(MediaTypes.MESSAGES, List.of(all.toString()));
    }

    /** The finished model's manifest; its configuration has been kept by then. */
    Manifest manifest() {
        ModelConfig described =
                weights.map(head -> config.describing(head, layers)).orElse(config);
        return new Manifest(part(MediaTypes.CONFIG, described.bytes()), layers);
    }

    private Layer part(String type, byte[] bytes) {
        BlobDigest digest = BlobDigest.of(bytes);
        if (!blobs.has(digest)) {
            made.add(digest);
        }
        return new Layer(type, blobs.put(bytes), bytes.length);
    }

    private GgufHead head(BlobDigest digest) {
        try {
            return GgufHeadReader.read(blobs.path(digest));
        } catch (MalformedGgufException e) {
            throw LibraryFailure.invalid("blob " + digest.brief() + " cannot be used: " + e.getMessage());
        } catch (IOException e) {
            throw BlobFolder.failed("blob " + digest.brief() + " cannot be read", e);
        }
    }

    private static String mediaType(GgufHead.Kind kind) {
        return switch (kind) {
            case WEIGHTS -> MediaTypes.WEIGHTS;
            case ADAPTER -> MediaTypes.ADAPTER;
            case PROJECTOR -> MediaTypes.PROJECTOR;
        };
    }
}
