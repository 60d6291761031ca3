package ai.orchestrator.model.llamacpp;

import ai.orchestrator.model.llamacpp.worker.Call;
import ai.orchestrator.plugin.model.Prompt;
import java.util.List;

/** Puts questions into the worker's terms. */
final class Calls {
    private final Grammars grammars;

    Calls(Grammars grammars) {
        this.grammars = grammars;
    }

    /**
     * The worker's call for a question.
     *
     * @throws ai.orchestrator.plugin.PluginFailure if the format is none that an answer can be held to
     */
    Call.Generate generate(Question question) {
        CheckedOptions options = question.options();
        return new Call.Generate(
                input(question.request().prompt()),
                options.sampling(),
                options.limit(),
                options.stops(),
                grammars.of(question.request().format()),
                // what was asked to be repeatable is computed the same way each time, from the start
                !options.repeatable());
    }

    /** What the model reads. */
    static Call.Input input(Prompt prompt) {
        return switch (prompt) {
            case Prompt.Chat chat ->
                new Call.Input(
                        chat.messages().stream()
                                .map(message -> new Call.Turn(message.role(), message.content()))
                                .toList(),
                        "");
            case Prompt.Raw raw -> new Call.Input(List.of(), raw.text());
            case Prompt.Insert insert -> throw Refusals.unsupported("insert is not supported");
        };
    }
}
