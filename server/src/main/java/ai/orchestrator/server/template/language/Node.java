package ai.orchestrator.server.template.language;

import java.util.List;
import java.util.Optional;

/** A part of a template. */
sealed interface Node {
    /** Text as it stands. */
    record Literal(String text) implements Node {}

    /** An action that prints, or sets variables. */
    record Action(Pipeline pipeline) implements Node {}

    /** {@code if}. */
    record If(Pipeline condition, Block then, Block otherwise) implements Node {}

    /** {@code with}. */
    record With(Pipeline value, Block then, Block otherwise) implements Node {}

    /** {@code range}. */
    record Range(Pipeline values, Block body, Block otherwise) implements Node {}

    /** {@code template}, and the place of a {@code block}. */
    record Include(String name, Optional<Pipeline> argument, int offset) implements Node {}

    /** {@code break}. */
    record Break() implements Node {}

    /** {@code continue}. */
    record Continue() implements Node {}

    /** Parts in a row. */
    record Block(List<Node> nodes) {
        static final Block EMPTY = new Block(List.of());

        public Block {
            nodes = List.copyOf(nodes);
        }
    }

    /**
     * A value and the variables that it is given to.
     *
     * @param variables none for a value that is printed or asked; two at most
     * @param declares whether the variables are new
     */
    record Pipeline(List<String> variables, boolean declares, Expression value, int offset) {
        public Pipeline {
            variables = List.copyOf(variables);
        }
    }
}
