package ai.orchestrator.openai.wire;

import java.util.Map;

/** Dialects for tests. */
final class Dialects {
    private Dialects() {}

    /** What most servers take. */
    static ChatDialect generic() {
        return new ChatDialect(
                ChatDialect.TokenLimit.MAX_TOKENS,
                ChatDialect.Sampling.REPETITION_PENALTY,
                ChatDialect.ThinkingSwitch.EFFORT,
                true,
                request -> Map.of());
    }
}
