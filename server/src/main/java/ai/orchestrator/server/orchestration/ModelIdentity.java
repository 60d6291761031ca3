package ai.orchestrator.server.orchestration;

import ai.orchestrator.plugin.model.Capability;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.SamplingOptions;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The model of a request as the cache tells it from others: a changed digest is another model.
 *
 * @param name the full name that the request names
 * @param digests of what the rules make of the request, and of every model that may answer it
 * @param defaults what it does where a request says nothing; empty where that is not known
 */
public record ModelIdentity(String name, List<String> digests, Optional<Defaults> defaults) {
    public ModelIdentity {
        digests = List.copyOf(digests);
    }

    /**
     * What a model does where a request says nothing.
     *
     * @param options its own; what they leave out has Ollama's default
     * @param thinks whether it thinks unless told not to; a model that does not never does
     */
    public record Defaults(SamplingOptions options, boolean thinks) {
        /** What all of these models have in common; empty where they differ, or one's are not known. */
        static Optional<Defaults> common(Collection<ModelInfo> models) {
            Set<Optional<Defaults>> all = new HashSet<>();
            models.forEach(model -> all.add(of(model)));
            return all.size() == 1 ? all.iterator().next() : Optional.empty();
        }

        private static Optional<Defaults> of(ModelInfo model) {
            return model.defaults()
                    .map(options -> new Defaults(options, model.capabilities().contains(Capability.THINKING)));
        }
    }
}
