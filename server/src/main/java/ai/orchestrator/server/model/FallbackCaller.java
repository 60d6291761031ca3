package ai.orchestrator.server.model;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.ModelEvents;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.ModelProvider;
import ai.orchestrator.plugin.model.ModelRequest;
import ai.orchestrator.server.config.CallConfig;
import ai.orchestrator.server.orchestration.ModelCaller;
import ai.orchestrator.server.orchestration.WatchedEvents;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls one model after the other until one answers; one that runs elsewhere again, if its failure is of a kind that comes and goes. However often a
 * request had a far side asked in vain, that is one failure of it: one bad prompt does not put it out of use for everybody.
 */
public final class FallbackCaller implements ModelCaller {
    private static final Logger LOG = LoggerFactory.getLogger(FallbackCaller.class);

    private final ServiceCatalog catalog;
    private final CallConfig policy;
    private final FarSides farSides;

    /** @param names what the configuration calls the providers */
    public FallbackCaller(ServiceCatalog catalog, CallConfig policy, Map<ModelProvider, String> names) {
        this.catalog = catalog;
        this.policy = policy;
        this.farSides = new FarSides(policy, names, System::nanoTime);
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
                tryModel(model, chosen, request, pieces);
                return;
            } catch (PluginFailure e) {
                if (pieces.begun() || !candidates.hasNext() || !worthAnother(e)) {
                    throw e;
                }
                LOG.info("{} did not answer, the next model is asked: {}", model.name(), e.getMessage());
            }
        }
    }

    private void tryModel(
            ModelInfo model,
            Consumer<ModelInfo> chosen,
            Function<ModelInfo, ModelRequest> request,
            WatchedEvents pieces) {
        ModelProvider provider =
                catalog.provider(model.name()).orElseThrow(() -> ModelProvider.unknownModel(model.name()));
        if (model.remote().isEmpty()) {
            ModelRequest only = withinDeadline(request.apply(model));
            chosen.accept(model);
            stream(provider, model, only, pieces);
            return;
        }
        Retries retries = new Retries(policy, ThreadLocalRandom.current());
        while (true) {
            ModelRequest next = withinDeadline(request.apply(model));
            Duration wait;
            // one that is left alone, or has no seat, is not waited for: the next model may answer at once
            try (FarSides.Seat seat = farSides.enter(provider, model)) {
                chosen.accept(model);
                try {
                    stream(provider, model, next, pieces);
                    seat.answered();
                    return;
                } catch (PluginFailure e) {
                    Optional<Duration> again = pieces.begun() ? Optional.empty() : retries.next(e);
                    if (again.isEmpty() || !fits(again.get(), request.apply(model))) {
                        seat.failed(e);
                        throw e;
                    }
                    wait = again.get();
                    LOG.debug("{} is asked again in {}: {}", model.name(), wait, e.getMessage());
                }
            }
            Pause.of(wait, pieces);
        }
    }

    private static void stream(ModelProvider provider, ModelInfo model, ModelRequest request, ModelEvents events) {
        try {
            provider.stream(request, events);
        } catch (PluginFailure e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.error("the provider of {} failed by a fault of its own", model.name(), e);
            throw new PluginFailure.Permanent(FailureCode.INTERNAL, "the provider of " + model.name() + " failed", e);
        }
    }

    private static ModelRequest withinDeadline(ModelRequest request) {
        if (request.deadline().filter(Duration::isZero).isPresent()) {
            throw new PluginFailure.Retriable(FailureCode.TIMEOUT, "the time that the answer may take is over");
        }
        return request;
    }

    /** Whether there is time for a wait and something after it. */
    private static boolean fits(Duration wait, ModelRequest request) {
        return request.deadline().map(left -> left.compareTo(wait) > 0).orElse(true);
    }

    /** Whether another model may do better: not if nobody waits any more, or the request itself is wrong. */
    private static boolean worthAnother(PluginFailure failure) {
        return !(failure instanceof PluginFailure.Cancelled) && failure.code() != FailureCode.INVALID_REQUEST;
    }
}
