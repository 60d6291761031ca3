package ai.orchestrator.server.template.language;

import ai.orchestrator.server.template.language.Node.Block;
import java.util.ArrayList;
import java.util.List;

/** Leaves out everything after the first action that prints a field, in the order of the template's text. */
final class Cut {
    private final String field;
    private boolean done;

    Cut(String field) {
        this.field = field;
    }

    Block of(Block block) {
        List<Node> kept = new ArrayList<>();
        for (Node node : block.nodes()) {
            if (done) {
                break;
            }
            kept.add(of(node));
        }
        return new Block(kept);
    }

    private Node of(Node node) {
        return switch (node) {
            case Node.Action action -> {
                done = FieldNames.uses(action.pipeline().value(), field);
                yield action;
            }
            case Node.If branch -> new Node.If(branch.condition(), of(branch.then()), of(branch.otherwise()));
            case Node.With with -> new Node.With(with.value(), of(with.then()), of(with.otherwise()));
            case Node.Range range -> new Node.Range(range.values(), of(range.body()), of(range.otherwise()));
            case Node.Literal ignored -> node;
            case Node.Include ignored -> node;
            case Node.Break ignored -> node;
            case Node.Continue ignored -> node;
        };
    }
}
