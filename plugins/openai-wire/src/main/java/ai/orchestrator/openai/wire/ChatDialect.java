package ai.orchestrator.openai.wire;

import java.util.Map;

/**
 * Where servers that speak the wire differ in what they are sent.
 *
 * @param tokenLimit how the most tokens to write are called
 * @param extra members added to every request: JSON values as maps, lists, texts, numbers and booleans
 */
public record ChatDialect(TokenLimit tokenLimit, Map<String, Object> extra) {
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

    public ChatDialect {
        extra = Map.copyOf(extra);
    }
}
