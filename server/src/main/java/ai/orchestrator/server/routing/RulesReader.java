package ai.orchestrator.server.routing;

import ai.orchestrator.server.search.TimeWords;
import ai.orchestrator.server.yaml.YamlDocument;
import ai.orchestrator.server.yaml.YamlNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads and checks the whole file. */
final class RulesReader {
    static final List<String> TOP_KEYS = List.of("routes");

    private final Problems problems;
    private final RuleReader ruleReader;

    private RulesReader(Problems problems, TimeWords timeWords) {
        this.problems = problems;
        this.ruleReader = new RuleReader(new Conditions(timeWords), problems);
    }

    /** @throws InvalidRoutesException if anything is wrong with the file */
    static List<Rule> read(String file, String yaml, Map<String, String> environment, TimeWords timeWords) {
        Problems problems = new Problems(file);
        YamlDocument document = YamlDocument.read(yaml, environment);
        document.problems().forEach(problem -> problems.add(problem.line(), problem.sentence()));
        List<Rule> rules = document.root()
                .map(root -> new RulesReader(problems, timeWords).rules(root))
                .orElse(List.of());
        if (document.root().isEmpty() && document.problems().isEmpty()) {
            problems.add(1, "the file is empty; it needs a list of 'routes'");
        }
        problems.throwIfAny();
        AutoCheck.check(rules, problems);
        problems.throwIfAny();
        return rules;
    }

    private List<Rule> rules(YamlNode root) {
        Optional<YamlNode> routes =
                Section.of(root, "the file", TOP_KEYS, problems).flatMap(top -> top.node("routes"));
        if (!(routes.orElse(root) instanceof YamlNode.Sequence(int line, List<YamlNode> items))) {
            problems.add(root.line(), "the file needs 'routes' with a list of routes");
            return List.of();
        }
        if (items.isEmpty()) {
            problems.add(line, "'routes' has no route; it needs at least one without 'when'");
            return List.of();
        }
        List<Rule> rules = new ArrayList<>();
        items.forEach(item -> ruleReader.read(item).ifPresent(rules::add));
        checkNames(rules);
        checkCatchAll(items);
        return rules;
    }

    private void checkNames(List<Rule> rules) {
        Map<String, Integer> lines = new HashMap<>();
        for (Rule rule : rules) {
            Integer first = lines.putIfAbsent(rule.name(), rule.line());
            if (first != null) {
                problems.add(rule.line(), "the name '" + rule.name() + "' is given twice, first in line " + first);
            }
        }
    }

    private void checkCatchAll(List<YamlNode> routes) {
        for (YamlNode route : routes.subList(0, routes.size() - 1)) {
            if (catchesAll(route)) {
                problems.add(route.line(), "this route matches every request, so those after it never do; put it last");
            }
        }
        if (!catchesAll(routes.getLast())) {
            problems.add(
                    routes.getLast().line(),
                    "the last route has to match every request: one without 'when', with a 'model'");
        }
    }

    private static boolean catchesAll(YamlNode route) {
        return route instanceof YamlNode.Mapping mapping
                && isBlank(mapping.entries().get("when"))
                && mapping.entries().get("then") instanceof YamlNode.Entry(int ignored, YamlNode.Mapping then)
                && (then.entries().containsKey("model") || then.entries().containsKey("cheapest_of"));
    }

    private static boolean isBlank(YamlNode.@Nullable Entry when) {
        return when == null
                || (when.value() instanceof YamlNode.Mapping mapping
                        && mapping.entries().isEmpty());
    }
}
