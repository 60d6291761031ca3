package ai.orchestrator.plugin.model;

import java.util.List;

/** A provider that can run files which the host keeps, beside the models that it finds by itself. */
public interface ModelFileRunner extends ModelProvider {
    /**
     * Offers exactly these from now on, in place of those of the call before. When it returns, {@link #models} has them, but for those it cannot
     * read, for which {@link #whyMissing} has the reason. A model that runs goes on to its end, and one whose files have changed is loaded anew
     * for its next request.
     */
    void offer(List<ModelFiles> models);
}
