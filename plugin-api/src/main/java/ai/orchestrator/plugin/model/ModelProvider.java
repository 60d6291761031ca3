package ai.orchestrator.plugin.model;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.PluginService;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Generates text with one or more models. A provider may also implement
 * {@link ai.orchestrator.plugin.embed.EmbeddingProvider}.
 */
public interface ModelProvider extends PluginService {
    /** The models on offer now, answered from memory. Names are unique within a provider. */
    List<ModelInfo> models();

    /**
     * The model of {@link #models} that has a full name, in lower case with its tag; asked for at each request. To be overridden where the list
     * has to be made.
     */
    default Optional<ModelInfo> model(String name) {
        return models().stream().filter(model -> model.name().equals(name)).findFirst();
    }

    /** More about a model than {@link ModelInfo} holds; empty where the provider does not have it or knows no more. */
    default Optional<ModelDescription> describe(String model) {
        return Optional.empty();
    }

    /** Why a model that the settings name is not on offer, and how to get it, in one sentence; empty if that is not so. */
    default Optional<String> whyMissing(String model) {
        return Optional.empty();
    }

    /**
     * Generates an answer: calls {@code events} with any number of pieces and then exactly one {@link ModelEvent.Finished}, and returns. One
     * thread does all of that, the calling one or another that it waits for. A call that throws has not sent {@code Finished}.
     *
     * @throws PluginFailure if there is no complete answer; {@link PluginFailure.Cancelled} from {@code events} passes through, and the
     *     generation has been stopped by then
     */
    void stream(ModelRequest request, ModelEvents events);

    /**
     * Makes a model ready to answer and keeps it so; returns when it is, or fails.
     *
     * @param options what the requests to come will ask for, as far as it matters for loading: {@link SamplingOptions#numCtx}
     * @param keepAlive how long to stay loaded after the last use; empty for the provider's default, negative for ever
     */
    default void load(String model, SamplingOptions options, Optional<Duration> keepAlive) {}

    /** {@link #load(String, SamplingOptions, Optional)} for requests that have no options. */
    default void load(String model, Optional<Duration> keepAlive) {
        load(model, SamplingOptions.defaults(), keepAlive);
    }

    /** Frees what a model holds; nothing happens if it is not loaded. */
    default void unload(String model) {}

    /** The models that hold memory on this machine now. */
    default List<LoadedModel> loaded() {
        return List.of();
    }

    /** The failure for a model that this provider does not offer. */
    static PluginFailure unknownModel(String model) {
        return new PluginFailure.Permanent(FailureCode.NOT_FOUND, "model '" + model + "' not found");
    }
}
