package ai.orchestrator.server.http;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.embed.EmbeddingRequest;
import ai.orchestrator.plugin.embed.EmbeddingResult;
import ai.orchestrator.plugin.model.Capability;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.SamplingOptions;
import ai.orchestrator.server.orchestration.ModelCatalog;
import ai.orchestrator.server.orchestration.ModelName;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Finds the model that embeds, and has it do so. */
public final class Embedder {
    private final ModelCatalog catalog;

    /** Over a catalog. */
    public Embedder(ModelCatalog catalog) {
        this.catalog = catalog;
    }

    /**
     * The model of a name.
     *
     * @throws HttpProblem if there is none, or it does not embed
     */
    public ModelInfo find(String name) {
        if (name.isEmpty()) {
            throw new HttpProblem(404, "model '' not found");
        }
        ModelChecks.requireOneSource(name);
        if (ModelName.parse(name).isEmpty()) {
            throw HttpProblem.badRequest("invalid model name");
        }
        ModelInfo model = catalog.find(name).orElseThrow(() -> notFound(name));
        if (!model.capabilities().contains(Capability.EMBEDDING)) {
            throw new HttpProblem(501, "This server does not support embeddings. Start it with `--embeddings`");
        }
        return model;
    }

    /** Loads or unloads the model of a request that has nothing to embed. */
    public void prepare(ModelInfo model, SamplingOptions options, Optional<Duration> keepAlive) {
        if (keepAlive.filter(Duration::isZero).isPresent()) {
            catalog.unload(model);
        } else {
            catalog.load(model, options, keepAlive);
        }
    }

    /** The vectors of texts, in order. */
    public EmbeddingResult embed(
            ModelInfo model,
            List<String> texts,
            boolean truncate,
            SamplingOptions options,
            Optional<Duration> keepAlive) {
        EmbeddingResult result = catalog.embed(new EmbeddingRequest(model.name(), texts, truncate, options, keepAlive));
        if (result.vectors().size() != texts.size()
                || !result.vectors().stream().allMatch(Embedder::isFinite)) {
            throw new PluginFailure.Permanent(FailureCode.BAD_REPLY, "the model gave no usable embedding");
        }
        return result;
    }

    /**
     * A vector cut to the wanted size and brought to length one.
     *
     * @param dimensions how many numbers are wanted; 0 for all
     */
    public static float[] normalised(float[] vector, int dimensions) {
        float[] cut = Arrays.copyOf(vector, dimensions > 0 ? Math.min(dimensions, vector.length) : vector.length);
        double squares = 0;
        for (float number : cut) {
            squares += (double) number * number;
        }
        double length = Math.sqrt(squares);
        if (length > 0) {
            for (int i = 0; i < cut.length; i++) {
                cut[i] = (float) (cut[i] / length);
            }
        }
        return cut;
    }

    private HttpProblem notFound(String name) {
        if (catalog.refusesRemote(name)) {
            return ModelChecks.cloudOff("remote model is unavailable");
        }
        String reason = catalog.whyMissing(name).map(why -> ": " + why).orElse("");
        return new HttpProblem(404, "model \"" + name + "\" not found, try pulling it first" + reason);
    }

    private static boolean isFinite(float[] vector) {
        for (float number : vector) {
            if (!Float.isFinite(number)) {
                return false;
            }
        }
        return true;
    }
}
