package ai.orchestrator.server.routing;

import java.util.List;
import java.util.Optional;

/**
 * One rule. Asked several times for each request, so by plain loops. One with a target takes part in the choice of the model, one with caching in the choice of what is stored; it may have both.
 *
 * @param line where the file has it
 * @param when all have to hold; empty for a rule that always matches
 */
record Rule(String name, int line, List<Condition> when, Optional<Target> target, Optional<Caching> caching) {
    boolean matches(Subject subject) {
        for (Condition condition : when) {
            if (!condition.holds(subject)) {
                return false;
            }
        }
        return true;
    }

    /** Whether it matches, whatever comes of its conditions of the ignored kind. */
    boolean mayMatch(Subject subject, Condition.Looks ignored) {
        for (Condition condition : when) {
            if (condition.looks() != ignored && !condition.holds(subject)) {
                return false;
            }
        }
        return true;
    }

    /** The conditions that do not hold, as {@code key: values}. */
    List<String> unmet(Subject subject) {
        return when.stream()
                .filter(condition -> !condition.holds(subject))
                .map(condition -> condition.key() + ": " + String.join(", ", condition.values()))
                .toList();
    }

    boolean looks(Condition.Looks at) {
        for (Condition condition : when) {
            if (condition.looks() == at) {
                return true;
            }
        }
        return false;
    }
}
