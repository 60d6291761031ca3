package ai.orchestrator.server.library;

import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.server.orchestration.LibraryFailure;
import ai.orchestrator.server.orchestration.LibraryProgress;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
    private String template = "";
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
        template = base.template();
    }

    /** A model that another one of this server answers for. */
    static Draft standingFor(BlobFolder blobs, ModelConfig config, String template) {
        Draft draft = new Draft(blobs, config);
        draft.template = template;
        return draft;
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
    void addFiles(Collection<String> digests, Set<GgufHead.Kind> kinds, LibraryProgress progress) {
        List<BlobDigest> parts = new ArrayList<>();
        for (String text : digests) {
            BlobDigest digest =
                    BlobDigest.parse(text).orElseThrow(() -> LibraryFailure.invalid("invalid digest format"));
            long size = blobs.size(digest)
                    .orElseThrow(() -> LibraryFailure.invalid(
                            "blob \"" + digest + "\" is not on this server: send it to /api/blobs first"));
            GgufHead head = head(digest);
            if (head.parts() > 1) {
                parts.add(digest);
                continue;
            }
            if (!kinds.contains(head.kind())) {
                throw LibraryFailure.invalid("blob " + digest.brief() + " is not an adapter");
            }
            add(head, digest, size);
        }
        if (!parts.isEmpty()) {
            if (!kinds.contains(GgufHead.Kind.WEIGHTS)) {
                throw LibraryFailure.invalid("an adapter that is split into several files is not supported");
            }
            BlobDigest whole = joined(parts, progress);
            add(head(whole), whole, blobs.size(whole).orElse(0L));
        }
    }

    private void add(GgufHead head, BlobDigest digest, long size) {
        if (head.kind() == GgufHead.Kind.WEIGHTS) {
            if (weights.isPresent()) {
                throw LibraryFailure.invalid("the files hold the weights of more than one model");
            }
            weights = Optional.of(head);
        }
        layers.add(new Layer(mediaType(head.kind()), digest, size));
    }

    /** One file of the parts that it was split into. */
    private BlobDigest joined(List<BlobDigest> parts, LibraryProgress progress) {
        progress.status("joining split GGUF files");
        return written(target -> {
            try {
                SplitGguf.of(parts.stream().map(blobs::path).toList()).join(target, progress);
            } catch (MalformedGgufException e) {
                throw LibraryFailure.invalid("the split GGUF files cannot be used: " + e.getMessage());
            }
        });
    }

    /** Makes the weights' numbers smaller, unless they are of that type already. */
    void quantize(String type, Quantizer quantizer, LibraryProgress progress) {
        Layer old = layers.stream()
                .filter(layer -> layer.is(MediaTypes.WEIGHTS))
                .findFirst()
                .orElseThrow(() -> LibraryFailure.invalid("only the files of this server's library can be quantized"));
        String from = weights.map(GgufHead::quantization).orElse("");
        if (!Quantizer.changes(from, type)) {
            return;
        }
        BlobDigest digest =
                written(target -> quantizer.run(blobs.path(old.digest()), old.size(), from, target, type, progress));
        progress.status("verifying conversion");
        weights = Optional.of(head(digest));
        Layer changed = new Layer(old.mediaType(), digest, blobs.size(digest).orElse(0L));
        layers.replaceAll(layer -> layer.equals(old) ? changed : layer);
    }

    /** Writes a file. */
    @FunctionalInterface
    private interface Writing {
        void to(Path target) throws IOException;
    }

    private BlobDigest written(Writing writing) {
        try {
            Path target = blobs.fresh();
            try {
                writing.to(target);
                BlobDigest digest = blobs.adopt(target);
                made.add(digest);
                return digest;
            } finally {
                BlobFolder.discard(target);
            }
        } catch (IOException e) {
            throw BlobFolder.failed("the model's file cannot be written", e);
        }
    }

    /** Takes a template in place of the model's own; one that it shows already changes nothing. */
    void template(String text) {
        String own = template.isEmpty() ? weights.map(GgufHead::chatTemplate).orElse("") : template;
        if (text.equals(own)) {
            return;
        }
        StoredTemplates.require(text);
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
