package ai.orchestrator.model.llamacpp;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.Prompt;

/**
 * Keeps texts away from a worker that are too long without counting their tokens: a worker has little memory besides the model's, and
 * hardly a token is longer than this.
 */
final class TextSize {
    private static final int CHARACTERS_PER_TOKEN = 64;

    private TextSize() {}

    /** The most characters that a context of so many tokens can hold. */
    static long most(int context) {
        return (long) context * CHARACTERS_PER_TOKEN;
    }

    /** Whether a prompt may fit into a context of so many tokens. */
    static boolean fits(Prompt prompt, int context) {
        return characters(prompt) <= most(context);
    }

    /** @throws PluginFailure if a prompt cannot fit into a context of so many tokens */
    static void check(Prompt prompt, int context) {
        if (!fits(prompt, context)) {
            throw failure(prompt, context);
        }
    }

    static PluginFailure failure(Prompt prompt, int context) {
        return tooLong("the prompt of " + characters(prompt) + " characters is longer than the model's context of "
                + context + " tokens");
    }

    private static long characters(Prompt prompt) {
        return switch (prompt) {
            case Prompt.Chat chat ->
                chat.messages().stream()
                        .map(Message::content)
                        .mapToLong(String::length)
                        .sum();
            case Prompt.Raw raw -> raw.text().length();
            case Prompt.Insert insert ->
                (long) insert.prefix().length() + insert.suffix().length();
        };
    }

    /** The failure of what does not fit. */
    static PluginFailure tooLong(String message) {
        return new PluginFailure.Permanent(FailureCode.CONTEXT_LENGTH, message);
    }
}
