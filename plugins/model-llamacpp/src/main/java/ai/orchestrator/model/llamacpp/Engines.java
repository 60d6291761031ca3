package ai.orchestrator.model.llamacpp;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses the engine of each model. The server's binary is tried once, in the background, from the start on. */
final class Engines {
    private static final Logger LOG = LoggerFactory.getLogger(Engines.class);

    private final LlamaCppSettings settings;
    private final Grammars grammars;
    private final Engine embedded;
    private final CompletableFuture<Found> server = new CompletableFuture<>();
    private final AtomicBoolean serverIsUnfit = new AtomicBoolean();

    /**
     * What came of looking for a server.
     *
     * @param fault why there is none that can be used; empty if none is there at all
     */
    private record Found(Optional<Engine> engine, String fault) {}

    Engines(LlamaCppSettings settings, ScheduledExecutorService timer) {
        this.settings = settings;
        WorkerCommand command = new WorkerCommand(settings.javaOptions());
        this.grammars = new Grammars(command);
        this.embedded = new EmbeddedEngine(settings, command, grammars, timer);
    }

    /** Looks for a server where any model may want one. */
    void open() {
        boolean wanted = settings.engine() != EngineChoice.EMBEDDED
                || settings.models().stream()
                        .anyMatch(model -> model.engine().orElse(EngineChoice.EMBEDDED) != EngineChoice.EMBEDDED);
        if (!wanted) {
            server.complete(new Found(Optional.empty(), ""));
            return;
        }
        Thread.ofVirtual().name("llamacpp-engine").start(() -> server.complete(find()));
    }

    private Found find() {
        try {
            Optional<ServerBinary> binary = ServerBinary.find(settings.server());
            if (binary.isEmpty()) {
                return new Found(Optional.empty(), "");
            }
            Engine found = new ServerEngine(settings, binary.get(), grammars);
            LOG.info("Local models run on {}", found.name());
            return new Found(Optional.of(found), "");
        } catch (ServerBinary.UnfitException e) {
            LOG.warn("{}; models that need not have it run on {}", e.getMessage(), embedded.name());
            return new Found(Optional.empty(), e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("A fault while looking for llama-server", e);
            return new Found(Optional.empty(), "llama-server could not be looked for");
        }
    }

    /**
     * The engine of a model.
     *
     * @throws PluginFailure if it has to be the server, and there is none
     */
    Engine of(ModelFile model) {
        EngineChoice choice = choice(model);
        if (choice == EngineChoice.EMBEDDED) {
            return embedded;
        }
        Found found = server.join();
        boolean usable = found.engine().isPresent() && (choice == EngineChoice.SERVER || !serverIsUnfit.get());
        if (usable) {
            return found.engine().get();
        }
        if (choice == EngineChoice.SERVER) {
            throw new PluginFailure.Permanent(FailureCode.NOT_INSTALLED, missing(found));
        }
        return embedded;
    }

    private static String missing(Found found) {
        return found.fault().isEmpty()
                ? "no llama-server is installed; to get one: dist/manage.sh engine"
                : found.fault() + "; to get another: dist/manage.sh engine";
    }

    /** The engine of a model as it is shown; the embedded one stands in for a server that is missing. */
    Engine shown(ModelFile model) {
        try {
            return of(model);
        } catch (PluginFailure e) {
            return embedded;
        }
    }

    /** Starts a model. A server that turns out not to run on this machine is given up for all models that need not have it. */
    ModelProcess start(ModelFile model, int context) throws LoadException, InterruptedException {
        Engine engine = of(model);
        try {
            return engine.start(model, context);
        } catch (LoadException e) {
            boolean giveUp = engine instanceof ServerEngine
                    && choice(model) == EngineChoice.AUTO
                    && e.fault() == LoadException.Fault.ENGINE;
            if (!giveUp) {
                throw e;
            }
            if (serverIsUnfit.compareAndSet(false, true)) {
                LOG.warn(
                        "{} does not run on this machine ({}); models run on {} from now on",
                        engine.name(),
                        e.getMessage(),
                        embedded.name());
            }
            return embedded.start(model, context);
        }
    }

    /** What is wrong with the engines, as a sentence; empty if nothing is. */
    String fault() {
        Found found = server.getNow(new Found(Optional.empty(), ""));
        if (serverIsUnfit.get()) {
            return "llama-server does not run on this machine; models run on " + embedded.name();
        }
        if (settings.engine() == EngineChoice.SERVER && found.engine().isEmpty() && server.isDone()) {
            return missing(found);
        }
        return found.fault();
    }

    private EngineChoice choice(ModelFile model) {
        return model.configured().flatMap(ConfiguredModel::engine).orElse(settings.engine());
    }
}
