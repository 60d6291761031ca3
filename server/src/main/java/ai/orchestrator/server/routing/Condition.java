package ai.orchestrator.server.routing;

import java.util.List;
import java.util.function.Predicate;

/**
 * One key of a rule's {@code when}.
 *
 * @param values what the key asks for, in one spelling and order: equal conditions have equal keys and values
 * @param looks what it depends on
 */
record Condition(String key, List<String> values, Looks looks, Predicate<Subject> test) {
    enum Looks {
        AT_MODEL,
        /** Complexity and confidence, which are known only after the cache was asked. */
        AT_VERDICT,
        AT_REQUEST
    }

    boolean holds(Subject subject) {
        return test.test(subject);
    }
}
