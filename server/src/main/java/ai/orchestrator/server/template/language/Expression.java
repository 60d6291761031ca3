package ai.orchestrator.server.template.language;

import java.util.List;

/** What has a value. Offsets are those of the template's text. */
sealed interface Expression {
    /** The dot. */
    record Dot() implements Expression {}

    /** What is written out: a string, a number, {@code true}, {@code false} or {@code nil}. */
    record Literal(Value value) implements Expression {}

    /** A variable, with its dollar sign; the dollar sign alone is the data of the whole template. */
    record Variable(String name) implements Expression {}

    /** Fields of fields of something. */
    record Path(Expression base, List<String> names, int offset) implements Expression {
        public Path {
            names = List.copyOf(names);
        }
    }

    /** A function's call; what was piped in is the last argument. */
    record Call(String function, List<Expression> arguments, int offset) implements Expression {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }
}
