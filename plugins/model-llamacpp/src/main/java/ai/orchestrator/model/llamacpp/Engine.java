package ai.orchestrator.model.llamacpp;

import ai.orchestrator.plugin.model.Capability;
import java.util.Set;

/** What runs models. */
interface Engine {
    /** Its name and version, such as {@code llama-server b6100}. */
    String name();

    /** What a model can do when it runs here. */
    Set<Capability> capabilities(ModelFile model);

    /** Whether it tells how likely the tokens were. */
    boolean tellsLogprobs();

    /**
     * Starts a process and waits until it has the model loaded.
     *
     * @param context tokens for each of the requests that are answered at once
     * @throws LoadException if the model is not loaded in time, or never will be
     */
    ModelProcess start(ModelFile model, int context) throws LoadException, InterruptedException;
}
