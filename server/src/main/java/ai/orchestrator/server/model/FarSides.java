package ai.orchestrator.server.model;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.ModelProvider;
import ai.orchestrator.server.config.CallConfig;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of the far sides from the calls that were made: which may be called now, and which have as many calls as they may have. A
 * provider has a breaker for each of its models, since a cloud runs them at different hosts, and one for what concerns them all: its key and its
 * credit.
 */
final class FarSides {
    private static final Logger LOG = LoggerFactory.getLogger(FarSides.class);

    private final CallConfig policy;
    private final Map<ModelProvider, String> names;
    private final LongSupplier nanoTime;
    private final Map<String, CallBreaker> breakers = new ConcurrentHashMap<>();
    private final Map<String, Semaphore> seats = new ConcurrentHashMap<>();

    FarSides(CallConfig policy, Map<ModelProvider, String> names, LongSupplier nanoTime) {
        this.policy = policy;
        this.names = names;
        this.nanoTime = nanoTime;
        policy.mostAtOnce().forEach((name, most) -> seats.put(name, new Semaphore(most)));
    }

    /**
     * Takes a seat for one call.
     *
     * @throws PluginFailure.Retriable if the model is left alone for now, or its provider has as many calls as it may have
     */
    Seat enter(ModelProvider provider, ModelInfo model) {
        String name = names.getOrDefault(provider, "");
        Optional<Semaphore> most = Optional.ofNullable(seats.get(name));
        if (most.isPresent() && !most.get().tryAcquire()) {
            throw new PluginFailure.Retriable(
                    FailureCode.OVERLOADED,
                    name + " has as many calls as it may have at once ("
                            + policy.mostAtOnce().get(name) + ")",
                    policy.firstWait());
        }
        Seat seat = new Seat(name, model.name(), most);
        try {
            seat.requireAdmitted();
            return seat;
        } catch (PluginFailure e) {
            most.ifPresent(Semaphore::release);
            throw e;
        }
    }

    private CallBreaker breaker(String key) {
        return breakers.computeIfAbsent(key, ignored -> new CallBreaker(policy, nanoTime));
    }

    /** One call's place, to be left in any case. Leaving it without a word of how the call went says nothing of the far side. */
    final class Seat implements AutoCloseable {
        private final String model;
        private final CallBreaker ofModel;
        private final CallBreaker ofProvider;
        private final Optional<Semaphore> most;
        private boolean told;

        private Seat(String provider, String model, Optional<Semaphore> most) {
            this.model = model;
            this.ofProvider = breaker(provider);
            this.ofModel = breaker(provider + '\n' + model);
            this.most = most;
        }

        private void requireAdmitted() {
            Optional<CallBreaker.Refusal> refusal = ofProvider.admit(this);
            if (refusal.isEmpty()) {
                refusal = ofModel.admit(this);
                refusal.ifPresent(ignored -> ofProvider.undecided(this));
            }
            refusal.ifPresent(why -> {
                throw new PluginFailure.Retriable(
                        why.code(),
                        model + " is not asked for now, since it failed before: " + why.reason(),
                        why.left());
            });
        }

        void answered() {
            told = true;
            ofProvider.answered();
            if (ofModel.answered()) {
                LOG.info("{} answers again", model);
            }
        }

        void failed(PluginFailure failure) {
            if (failure instanceof PluginFailure.Cancelled) {
                return;
            }
            switch (failure.code()) {
                case CREDENTIALS, QUOTA -> {
                    told = true;
                    ofModel.undecided(this);
                    tell(ofProvider.failed(this, failure), failure);
                }
                case RATE_LIMITED, OVERLOADED, UNAVAILABLE, TIMEOUT, BROKEN_OFF, BAD_REPLY, LOOP, INTERNAL -> {
                    told = true;
                    ofProvider.undecided(this);
                    tell(ofModel.failed(this, failure), failure);
                }
                case STARTING,
                        INVALID_REQUEST,
                        CONTEXT_LENGTH,
                        UNSUPPORTED,
                        NOT_FOUND,
                        CONTENT_REFUSED,
                        NOT_INSTALLED -> {}
            }
        }

        @Override
        public void close() {
            if (!told) {
                ofProvider.undecided(this);
                ofModel.undecided(this);
            }
            most.ifPresent(Semaphore::release);
        }

        private void tell(boolean out, PluginFailure failure) {
            if (out) {
                LOG.warn("{} is left alone for a while: {}", model, failure.getMessage());
            }
        }
    }
}
