package ai.orchestrator.server.library;

import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.Capability;
import ai.orchestrator.plugin.model.ModelDescription;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.SamplingOptions;
import ai.orchestrator.server.digest.Digests;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/** What the library tells of its models, on the ground of what the model tells that does the work. */
final class StoredInfos {
    private StoredInfos() {}

    /** A model that a provider runs from the library's files. */
    static ModelInfo local(StoredModel model, ModelInfo runner, Set<Capability> capabilities) {
        return info(model, runner, model.digest(), model.manifest().size(), capabilities);
    }

    /** A model that another one answers for; it is another one as soon as that one is. */
    static ModelInfo standIn(StoredModel model, ModelInfo target, Set<Capability> capabilities) {
        String both = model.digest() + target.digest();
        String digest = HexFormat.of().formatHex(Digests.sha256().digest(both.getBytes(StandardCharsets.US_ASCII)));
        return info(model, target, digest, target.sizeBytes(), capabilities);
    }

    private static ModelInfo info(
            StoredModel model, ModelInfo worker, String digest, long size, Set<Capability> capabilities) {
        return new ModelInfo(
                model.full(),
                digest,
                size,
                model.modifiedAt(),
                worker.format(),
                worker.families(),
                worker.parameterSize(),
                worker.quantization(),
                worker.contextLength(),
                worker.embeddingLength(),
                capabilities,
                worker.remote(),
                worker.price(),
                worker.defaults().flatMap(own -> defaults(model, own)));
    }

    /** What counts where a request leaves an option out; not known where one is of the wrong type, which its use will tell. */
    private static Optional<SamplingOptions> defaults(StoredModel model, SamplingOptions own) {
        try {
            return Optional.of(new StoredOptions(model.parameters())
                    .under(SamplingOptions.defaults())
                    .orElse(own));
        } catch (PluginFailure e) {
            return Optional.empty();
        }
    }

    /** What {@code /api/show} tells. */
    static ModelDescription description(StoredModel model, ModelDescription worker) {
        return new ModelDescription(
                model.licenses().isEmpty() ? worker.license() : String.join("\n", model.licenses()),
                model.template().isEmpty() ? worker.template() : model.template(),
                model.system().isEmpty() ? worker.system() : model.system(),
                model.parameters().isEmpty() ? worker.parameters() : new StoredOptions(model.parameters()).lines(),
                worker.engine(),
                worker.metadataJson());
    }
}
