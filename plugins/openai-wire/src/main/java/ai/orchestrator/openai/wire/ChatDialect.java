package ai.orchestrator.openai.wire;

import ai.orchestrator.plugin.model.ModelRequest;
import java.util.Map;

/**
 * Where servers that speak the wire differ in what they are sent.
 *
 * @param tokenLimit how the most tokens to write are called
 * @param sampling which options of sampling there are beside OpenAI's own
 * @param thinking how a model is told whether and how hard to think
 * @param textCompletions whether {@code /completions} continues a text without a chat template
 * @param extra members added to a request for text
 */
public record ChatDialect(
        TokenLimit tokenLimit, Sampling sampling, ThinkingSwitch thinking, boolean textCompletions, Extra extra) {
    /** What a request is given beside what the wire says of it. */
    @FunctionalInterface
    public interface Extra {
        /** Members by name: JSON values as maps, lists, texts, numbers and booleans. */
        Map<String, Object> of(ModelRequest request);
    }

    /** The name of the limit of tokens. */
    public enum TokenLimit {
        /** The old name, the only one that older servers know. */
        MAX_TOKENS("max_tokens"),
        /** The new name, the only one that newer models of OpenAI take. */
        MAX_COMPLETION_TOKENS("max_completion_tokens");

        private final String member;

        TokenLimit(String member) {
            this.member = member;
        }

        String member() {
            return member;
        }
    }

    /** The options of sampling that OpenAI itself refuses. */
    public enum Sampling {
        /** None. */
        STRICT(""),
        /** {@code top_k}, {@code min_p} and {@code repetition_penalty}. */
        REPETITION_PENALTY("repetition_penalty"),
        /** llama.cpp's: {@code top_k}, {@code min_p}, {@code repeat_penalty}, {@code repeat_last_n} and {@code typical_p}. */
        REPEAT_PENALTY("repeat_penalty");

        private final String penalty;

        Sampling(String penalty) {
            this.penalty = penalty;
        }

        String penalty() {
            return penalty;
        }
    }

    /** Where a request says how hard to think. */
    public enum ThinkingSwitch {
        /** In {@code reasoning_effort}. */
        EFFORT,
        /** In {@code chat_template_kwargs}, for the model's chat template. */
        TEMPLATE
    }
}
