package ai.orchestrator.server.routing;

import java.util.List;
import java.util.Optional;

/**
 * One rule. One with a target takes part in the choice of the model, one with caching in the choice of what is stored; it may have both.
 *
 * @param line where the file has it
 * @param when all have to hold; empty for a rule that always matches
 */
record Rule(String name, int line, List<Condition> when, Optional<Target> target, Optional<Caching> caching) {
    boolean matches(Subject subject) {
        return when.stream().allMatch(condition -> condition.holds(subject));
    }

    /** Whether it matches, whatever comes of its conditions of the ignored kind. */
    boolean mayMatch(Subject subject, Condition.Looks ignored) {
        return when.stream().allMatch(condition -> condition.looks() == ignored || condition.holds(subject));
    }

    boolean looks(Condition.Looks at) {
        return when.stream().anyMatch(condition -> condition.looks() == at);
    }
}
