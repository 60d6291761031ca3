package ai.orchestrator.server.template.language;

import ai.orchestrator.server.template.language.Node.Block;
import java.util.HashSet;
import java.util.Set;

/** Collects the names of fields that parts of a template ask for. */
final class FieldNames {
    private final Set<String> found = new HashSet<>();

    Set<String> found() {
        return Set.copyOf(found);
    }

    /** Whether a value is made with a field. */
    static boolean uses(Expression expression, String field) {
        FieldNames names = new FieldNames();
        names.add(expression);
        return names.found.contains(field);
    }

    void add(Block block) {
        block.nodes().forEach(this::add);
    }

    private void add(Node node) {
        switch (node) {
            case Node.Literal ignored -> {}
            case Node.Action action -> add(action.pipeline().value());
            case Node.If branch -> {
                add(branch.condition().value());
                add(branch.then());
                add(branch.otherwise());
            }
            case Node.With with -> {
                add(with.value().value());
                add(with.then());
                add(with.otherwise());
            }
            case Node.Range range -> {
                add(range.values().value());
                add(range.body());
                add(range.otherwise());
            }
            case Node.Include include -> include.argument().ifPresent(argument -> add(argument.value()));
            case Node.Break ignored -> {}
            case Node.Continue ignored -> {}
        }
    }

    private void add(Expression expression) {
        switch (expression) {
            case Expression.Dot ignored -> {}
            case Expression.Literal ignored -> {}
            case Expression.Variable ignored -> {}
            case Expression.Path path -> {
                add(path.base());
                found.addAll(path.names());
            }
            case Expression.Call call -> call.arguments().forEach(this::add);
        }
    }
}
