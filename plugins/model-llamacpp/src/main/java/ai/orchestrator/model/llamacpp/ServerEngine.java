package ai.orchestrator.model.llamacpp;

import ai.orchestrator.plugin.model.Capability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The engine that the operator brings: a {@code llama-server} for each model. */
final class ServerEngine implements Engine {
    private static final String TEMPLATE = "template.jinja";

    private final LlamaCppSettings settings;
    private final ServerCommand command;
    private final Grammars grammars;
    private final String name;

    ServerEngine(LlamaCppSettings settings, ServerBinary binary, Grammars grammars) {
        this.settings = settings;
        this.grammars = grammars;
        this.command = new ServerCommand(settings, binary);
        this.name = ServerBinary.NAME + " " + binary.version();
    }

    @Override
    public String name() {
        return name;
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
        if (model.facts().thinks()) {
            capabilities.add(Capability.THINKING);
        }
        if (model.facts().vocabulary().inserts()) {
            capabilities.add(Capability.INSERT);
        }
        if (model.projector().isPresent()) {
            capabilities.add(Capability.VISION);
        }
        return capabilities;
    }

    @Override
    public boolean tellsLogprobs() {
        return true;
    }

    @Override
    public ModelProcess start(ModelFile model, int context) throws LoadException, InterruptedException {
        return ServerProcess.start(
                name,
                grammars,
                folder -> command.process(folder, model, context, template(folder, model)),
                settings,
                context);
    }

    /** The file of a template that the model's own file lacks. */
    private static Optional<Path> template(Path folder, ModelFile model) {
        if (model.facts().embeds() || model.facts().hasOwnTemplate()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    Files.write(folder.resolve(TEMPLATE), List.of(model.facts().chatTemplate())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
