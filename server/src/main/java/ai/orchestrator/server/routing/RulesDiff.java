package ai.orchestrator.server.routing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is different between two lists of rules, in sentences for the operator. Rules are the same rule by their names. */
final class RulesDiff {
    private RulesDiff() {}

    static List<String> between(List<Rule> before, List<Rule> after) {
        Map<String, Map<String, String>> old = byName(before);
        Map<String, Map<String, String>> fresh = byName(after);
        List<String> changes = new ArrayList<>();
        old.keySet().stream()
                .filter(name -> !fresh.containsKey(name))
                .forEach(name -> changes.add("route '" + name + "' is gone"));
        fresh.forEach((name, texts) -> {
            Map<String, String> was = old.get(name);
            if (was == null) {
                changes.add("route '" + name + "' is new: " + texts);
            } else {
                keys(name, was, texts, changes);
            }
        });
        order(old.keySet(), fresh.keySet(), changes);
        return changes;
    }

    private static void keys(String name, Map<String, String> was, Map<String, String> is, List<String> changes) {
        Set<String> keys = new LinkedHashSet<>(was.keySet());
        keys.addAll(is.keySet());
        for (String key : keys) {
            String before = was.getOrDefault(key, "");
            String after = is.getOrDefault(key, "");
            if (!before.equals(after)) {
                changes.add("route '" + name + "': " + key + " was " + shown(before) + ", is " + shown(after));
            }
        }
    }

    private static String shown(String text) {
        return text.isEmpty() ? "absent" : "'" + text + "'";
    }

    private static void order(Set<String> before, Set<String> after, List<String> changes) {
        List<String> kept = before.stream().filter(after::contains).toList();
        List<String> now = after.stream().filter(before::contains).toList();
        if (!kept.equals(now)) {
            changes.add("the order is now " + String.join(", ", after));
        }
    }

    private static Map<String, Map<String, String>> byName(List<Rule> rules) {
        Map<String, Map<String, String>> byName = new LinkedHashMap<>();
        rules.forEach(rule -> byName.put(rule.name(), RuleText.of(rule)));
        return byName;
    }
}
