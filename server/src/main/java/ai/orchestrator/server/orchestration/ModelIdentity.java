package ai.orchestrator.server.orchestration;

import java.util.List;

/**
 * The model of a request as the cache tells it from others: a changed digest is another model.
 *
 * @param name the full name that the request names
 * @param digests of the model; for a name that rules answer for, of the rules and of every model they may choose
 * @param thinks whether it thinks unless told not to
 */
public record ModelIdentity(String name, List<String> digests, boolean thinks) {
    public ModelIdentity {
        digests = List.copyOf(digests);
    }
}
