package ai.orchestrator.server.template.language;

import ai.orchestrator.server.template.language.Node.Block;
import java.util.List;
import java.util.Optional;

/**
 * The text on both sides of an action.
 *
 * @param before empty if there is none
 * @param after empty if there is none
 */
public record Surroundings(String before, String after) {
    static Optional<Surroundings> find(String field, Block block) {
        List<Node> nodes = block.nodes();
        for (int i = 0; i < nodes.size(); i++) {
            Optional<Surroundings> found =
                    switch (nodes.get(i)) {
                        case Node.Action action
                        when prints(action, field) ->
                            Optional.of(new Surroundings(text(nodes, i - 1), text(nodes, i + 1)));
                        case Node.If branch -> either(field, branch.then(), branch.otherwise());
                        case Node.With with -> either(field, with.then(), with.otherwise());
                        case Node.Range range -> either(field, range.body(), range.otherwise());
                        default -> Optional.empty();
                    };
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<Surroundings> either(String field, Block one, Block other) {
        return find(field, one).or(() -> find(field, other));
    }

    private static boolean prints(Node.Action action, String field) {
        return action.pipeline().variables().isEmpty()
                && FieldNames.uses(action.pipeline().value(), field);
    }

    private static String text(List<Node> nodes, int index) {
        return index >= 0 && index < nodes.size() && nodes.get(index) instanceof Node.Literal(String text) ? text : "";
    }
}
