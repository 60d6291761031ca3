package ai.orchestrator.model.openai;

import ai.orchestrator.openai.wire.ChatDialect;
import ai.orchestrator.openai.wire.ChatDialect.Sampling;
import ai.orchestrator.openai.wire.ChatDialect.ThinkingSwitch;
import ai.orchestrator.openai.wire.ChatDialect.TokenLimit;
import java.util.Map;

/** The kinds of server that the setting {@code dialect} tells apart. */
enum Dialect {
    /** What most servers take. */
    GENERIC(TokenLimit.MAX_TOKENS, Sampling.REPETITION_PENALTY, ThinkingSwitch.EFFORT, true),
    VLLM(TokenLimit.MAX_TOKENS, Sampling.REPETITION_PENALTY, ThinkingSwitch.TEMPLATE, true),
    LLAMA_SERVER(TokenLimit.MAX_TOKENS, Sampling.REPEAT_PENALTY, ThinkingSwitch.TEMPLATE, true),
    /** OpenAI's own service and those that refuse what it does not know. */
    OPENAI(TokenLimit.MAX_COMPLETION_TOKENS, Sampling.STRICT, ThinkingSwitch.EFFORT, false);

    private final TokenLimit tokenLimit;
    private final Sampling sampling;
    private final ThinkingSwitch thinking;
    private final boolean textCompletions;

    Dialect(TokenLimit tokenLimit, Sampling sampling, ThinkingSwitch thinking, boolean textCompletions) {
        this.tokenLimit = tokenLimit;
        this.sampling = sampling;
        this.thinking = thinking;
        this.textCompletions = textCompletions;
    }

    /** @param extra members added to every request for text */
    ChatDialect with(Map<String, Object> extra) {
        return new ChatDialect(tokenLimit, sampling, thinking, textCompletions, request -> extra);
    }
}
