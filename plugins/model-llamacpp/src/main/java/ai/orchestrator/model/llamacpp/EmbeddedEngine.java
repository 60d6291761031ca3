package ai.orchestrator.model.llamacpp;

import ai.orchestrator.model.llamacpp.worker.WorkerOptions;
import ai.orchestrator.plugin.model.Capability;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;

/** The engine that comes with this plugin: java-llama.cpp in a JVM of its own. */
final class EmbeddedEngine implements Engine {
    /** The release is that of the llama.cpp inside the binding. */
    static final String NAME = "java-llama.cpp b4916";

    private final LlamaCppSettings settings;
    private final WorkerCommand command;
    private final Calls calls;
    private final ScheduledExecutorService timer;

    EmbeddedEngine(
            LlamaCppSettings settings, WorkerCommand command, Grammars grammars, ScheduledExecutorService timer) {
        this.settings = settings;
        this.timer = timer;
        this.command = command;
        this.calls = new Calls(grammars);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<Capability> capabilities(ModelFile model) {
        if (model.facts().embeds()) {
            return EnumSet.of(Capability.EMBEDDING);
        }
        Set<Capability> capabilities = EnumSet.of(Capability.COMPLETION);
        if (model.facts().takesTools()) {
            capabilities.add(Capability.TOOLS);
        }
        if (model.facts().thinksInMarks()) {
            capabilities.add(Capability.THINKING);
        }
        return capabilities;
    }

    @Override
    public boolean tellsLogprobs() {
        return false;
    }

    @Override
    public ModelProcess start(ModelFile model, int context) throws LoadException, InterruptedException {
        if (model.adapters().size() > 1) {
            // the binding passes on only the last one
            throw Refusals.unsupported("model '" + model.name() + "' has several adapters, and " + NAME
                    + " takes one; llama-server takes more");
        }
        return WorkerProcess.start(
                command, folder -> options(folder, model, context), settings.loadTimeout(), calls, timer);
    }

    private WorkerOptions options(String folder, ModelFile model, int context) {
        ModelFacts facts = model.facts();
        return new WorkerOptions(
                folder,
                model.path().toAbsolutePath().toString(),
                model.adapters().stream()
                        .map(adapter -> adapter.path().toString())
                        .toList(),
                context,
                facts.embeds() ? 1 : settings.parallel(),
                settings.threads(),
                facts.embeds(),
                facts.chatTemplate(),
                facts.vocabulary().startToken(),
                facts.vocabulary().addedTokens());
    }
}
