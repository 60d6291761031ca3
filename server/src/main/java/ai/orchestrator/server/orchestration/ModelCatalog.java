package ai.orchestrator.server.orchestration;

import ai.orchestrator.plugin.embed.EmbeddingRequest;
import ai.orchestrator.plugin.embed.EmbeddingResult;
import ai.orchestrator.plugin.model.LoadedModel;
import ai.orchestrator.plugin.model.ModelDescription;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.SamplingOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** All models of all providers, by name. Where two providers offer one name, the one configured first has it. */
public interface ModelCatalog {
    /** The models on offer, {@code auto:latest} among them, newest first. */
    List<ModelInfo> list();

    /** The model of that name, in any spelling that {@link ModelName} takes. */
    Optional<ModelInfo> find(String name);

    /** Why a model that the configuration names is not on offer and how to get it; empty if that is not so. */
    Optional<String> whyMissing(String name);

    /** Whether the name is that of a model that runs elsewhere, or asks for one, and the operator keeps requests on this machine. */
    default boolean refusesRemote(String name) {
        return false;
    }

    /** A model's name as lists show it, which is as it was given; {@link #find} takes it too. */
    default String spelling(ModelInfo model) {
        return model.name();
    }

    /** More about a model; empty texts where its provider knows no more. */
    ModelDescription describe(ModelInfo model);

    /** Makes a model ready for requests with these options; returns when it is. A remote model always is. */
    void load(ModelInfo model, SamplingOptions options, Optional<Duration> keepAlive);

    /** Frees what a model holds. */
    void unload(ModelInfo model);

    /** The models that hold memory now, the one that expires last first. */
    List<Running> running();

    /** Vectors as the model gives them; {@code request.model()} is a full name. */
    EmbeddingResult embed(EmbeddingRequest request);

    /** A model that holds memory. */
    record Running(ModelInfo model, LoadedModel state) {}
}
