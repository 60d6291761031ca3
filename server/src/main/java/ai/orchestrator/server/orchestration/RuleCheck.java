package ai.orchestrator.server.orchestration;

import java.util.List;

/**
 * How one rule meets a request.
 *
 * @param rule its name
 * @param unmet the conditions that do not hold, such as {@code complexity: HIGH}; empty for a rule that matches
 * @param answers whether it is the one that has the request answered
 * @param keeps whether it is the one that says how the answer is kept
 */
public record RuleCheck(String rule, List<String> unmet, boolean answers, boolean keeps) {
    public RuleCheck {
        unmet = List.copyOf(unmet);
    }

    /** Whether all its conditions hold. */
    public boolean matches() {
        return unmet.isEmpty();
    }
}
