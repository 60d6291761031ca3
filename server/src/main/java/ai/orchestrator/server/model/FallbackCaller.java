package ai.orchestrator.server.model;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.ModelEvents;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.ModelProvider;
import ai.orchestrator.plugin.model.ModelRequest;
import ai.orchestrator.server.orchestration.ModelCaller;
import ai.orchestrator.server.orchestration.WatchedEvents;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls one model after the other until one answers. */
public final class FallbackCaller implements ModelCaller {
    private static final Logger LOG = LoggerFactory.getLogger(FallbackCaller.class);

    private final ServiceCatalog catalog;

    public FallbackCaller(ServiceCatalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public void stream(
            List<ModelInfo> models,
            Consumer<ModelInfo> chosen,
            Function<ModelInfo, ModelRequest> request,
            ModelEvents events) {
        Iterator<ModelInfo> candidates = models.iterator();
        while (true) {
            ModelInfo model = candidates.next();
            WatchedEvents pieces = new WatchedEvents(events);
            try {
                chosen.accept(model);
                call(model, request.apply(model), pieces);
                return;
            } catch (PluginFailure e) {
                if (pieces.begun() || !candidates.hasNext() || !worthAnother(e)) {
                    throw e;
                }
                LOG.info("{} did not answer, the next model is asked: {}", model.name(), e.getMessage());
            }
        }
    }

    private void call(ModelInfo model, ModelRequest request, ModelEvents events) {
        ModelProvider provider =
                catalog.provider(model.name()).orElseThrow(() -> ModelProvider.unknownModel(model.name()));
        try {
            provider.stream(request, events);
        } catch (PluginFailure e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.error("the provider of {} failed by a fault of its own", model.name(), e);
            throw new PluginFailure.Permanent(FailureCode.INTERNAL, "the provider of " + model.name() + " failed", e);
        }
    }

    /** Whether another model may do better: not if nobody waits any more, or the request itself is wrong. */
    private static boolean worthAnother(PluginFailure failure) {
        return !(failure instanceof PluginFailure.Cancelled) && failure.code() != FailureCode.INVALID_REQUEST;
    }
}
