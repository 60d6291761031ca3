package ai.orchestrator.server.routing;

import static ai.orchestrator.server.routing.Condition.Looks.AT_REQUEST;

import ai.orchestrator.plugin.classify.Classification;
import ai.orchestrator.plugin.classify.Complexity;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.server.orchestration.ChatRequest;
import ai.orchestrator.server.orchestration.ModelName;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Sees to it that a request for {@code auto}, which names no model, never meets a rule that leaves the model as requested. It tries every
 * complexity with every confidence that makes a difference; a condition on anything else may hold or not.
 */
final class AutoCheck {
    private static final ChatRequest AUTO = ChatRequest.of("check", ModelName.AUTO, Prompt.user(""));

    private AutoCheck() {}

    static void check(List<Rule> rules, Problems problems) {
        Map<Rule, Set<Complexity>> stranded = new LinkedHashMap<>();
        for (Complexity complexity : Complexity.values()) {
            for (double confidence : confidences(rules)) {
                Classification verdict = new Classification(complexity, confidence, List.of());
                Subject subject = Subject.of(AUTO, Optional.of(verdict));
                reachable(rules, subject).stream()
                        .filter(AutoCheck::leavesAsRequested)
                        .forEach(rule -> stranded.computeIfAbsent(rule, ignored -> EnumSet.noneOf(Complexity.class))
                                .add(complexity));
            }
        }
        stranded.forEach(
                (rule, complexities) -> problems.add(
                        rule.line(),
                        "a request for 'auto' with complexity " + names(complexities) + " may get to '" + rule.name()
                                + "', which takes the model as requested; put a route for 'auto' that names a model before it"));
    }

    /** The rules that one of the requests may be answered by: all that may match, up to the first that does for certain. */
    private static List<Rule> reachable(List<Rule> rules, Subject subject) {
        List<Rule> candidates = rules.stream()
                .filter(rule -> rule.target().isPresent() && rule.mayMatch(subject, AT_REQUEST))
                .toList();
        for (int i = 0; i < candidates.size(); i++) {
            if (!candidates.get(i).looks(AT_REQUEST)) {
                return candidates.subList(0, i + 1);
            }
        }
        return candidates;
    }

    private static boolean leavesAsRequested(Rule rule) {
        return rule.target().filter(Target::asRequested).isPresent();
    }

    private static NavigableSet<Double> confidences(List<Rule> rules) {
        NavigableSet<Double> tried = new TreeSet<>(Set.of(0.0, 1.0));
        rules.stream()
                .flatMap(rule -> rule.when().stream())
                .filter(condition -> condition.key().startsWith("confidence_"))
                .map(condition -> Double.parseDouble(condition.values().getFirst()))
                .forEach(limit -> tried.addAll(List.of(Math.nextDown(limit), limit, Math.nextUp(limit))));
        return tried.subSet(0.0, true, 1.0, true);
    }

    private static String names(Set<Complexity> complexities) {
        return String.join(
                ", ",
                complexities.stream()
                        .map(complexity -> complexity.name().toLowerCase(Locale.ROOT))
                        .toList());
    }
}
