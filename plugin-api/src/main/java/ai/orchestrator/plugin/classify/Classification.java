package ai.orchestrator.plugin.classify;

import java.util.List;

/**
 * A classifier's verdict.
 *
 * @param confidence 0 to 1: how sure the classifier is of the complexity
 * @param reasons what spoke for it, the weightiest first, each a short phrase for the operator
 */
public record Classification(Complexity complexity, double confidence, List<String> reasons) {
    public Classification {
        if (!(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException("confidence " + confidence);
        }
        reasons = List.copyOf(reasons);
    }
}
