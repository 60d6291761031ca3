package ai.orchestrator.server.orchestration;

import ai.orchestrator.plugin.model.ModelEvents;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.ModelRequest;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Calls models, falling back from one to the next. */
public interface ModelCaller {
    /**
     * Has the first of the models answer; if it fails before its first piece, the next one, and so on. After the first piece a failure is final.
     *
     * @param chosen told of each model before it is called
     * @param request makes the call for a model
     * @throws ai.orchestrator.plugin.PluginFailure the last model's failure, if none answered
     */
    void stream(
            List<ModelInfo> models,
            Consumer<ModelInfo> chosen,
            Function<ModelInfo, ModelRequest> request,
            ModelEvents events);
}
