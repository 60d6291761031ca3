package ai.orchestrator.server.template.language;

import ai.orchestrator.server.template.language.Expression.Call;
import ai.orchestrator.server.template.language.Node.Pipeline;
import ai.orchestrator.server.template.language.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/** Makes the values of a template out of its tokens. */
final class ExpressionParser {
    private static final int MAX_NESTING = 100;

    private final Source source;
    private final Tokens tokens;
    private final Variables variables;
    private int nesting;

    ExpressionParser(Source source, Tokens tokens, Variables variables) {
        this.source = source;
        this.tokens = tokens;
        this.variables = variables;
    }

    /**
     * Everything up to a token that ends it, and that token.
     *
     * @param owner what the value is for
     * @param two whether it may be given to two variables
     */
    Pipeline pipeline(String owner, Kind end, boolean two) {
        int offset = tokens.peek().offset();
        List<String> targets = targets(two);
        boolean declares = !targets.isEmpty() && tokens.next().is(Kind.DECLARE);
        if (!declares) {
            targets.forEach(target -> requireVariable(target, offset));
        }
        Expression value = commands(owner, end);
        if (declares) {
            targets.forEach(variables::add);
        }
        return new Pipeline(targets, declares, value, offset);
    }

    /** The text of a string's token. */
    String text(Token token) {
        return literal(token) instanceof Value.Text(String text) ? text : "";
    }

    /** Takes the variables that are given a value, up to the sign for that. */
    private List<String> targets(boolean two) {
        if (!tokens.peek().is(Kind.VARIABLE)) {
            return List.of();
        }
        if (gives(tokens.peek(1))) {
            return List.of(target());
        }
        if (!tokens.peek(1).is(Kind.COMMA)) {
            return List.of();
        }
        if (!two || !tokens.peek(2).is(Kind.VARIABLE) || !gives(tokens.peek(3))) {
            throw source.error(tokens.peek(1).offset(), "unexpected ,");
        }
        String first = target();
        tokens.next();
        return List.of(first, target());
    }

    private String target() {
        Token token = tokens.next();
        if (token.text().equals("$")) {
            throw source.error(token.offset(), "$ is given no other value");
        }
        return token.text();
    }

    private static boolean gives(Token token) {
        return token.is(Kind.DECLARE) || token.is(Kind.ASSIGN);
    }

    private Expression commands(String owner, Kind end) {
        if (tokens.peek().is(end)) {
            throw source.error(tokens.peek().offset(), owner + " has no value");
        }
        List<Expression> piped = List.of();
        while (true) {
            Expression value = command(piped);
            Token after = tokens.next();
            if (after.is(end)) {
                return value;
            }
            if (!after.is(Kind.PIPE)) {
                throw source.error(after.offset(), "unexpected " + after.shown());
            }
            piped = List.of(value);
        }
    }

    /** A function with what it is given, or a value alone. */
    private Expression command(List<Expression> piped) {
        Token first = tokens.peek();
        if (isFunction(first)) {
            return call(piped);
        }
        if (!piped.isEmpty()) {
            throw source.error(first.offset(), "only a function takes what comes before the |");
        }
        Expression value = operand();
        if (value instanceof Expression.Literal(Value.Nil ignored)) {
            throw source.error(first.offset(), "nil is no value by itself");
        }
        if (startsOperand(tokens.peek())) {
            throw source.error(first.offset(), first.shown() + " is no function and takes nothing");
        }
        return value;
    }

    private Expression call(List<Expression> piped) {
        Token name = tokens.next();
        if (!Functions.NAMES.contains(name.text())) {
            throw source.error(name.offset(), "there is no function " + name.text());
        }
        List<Expression> arguments = new ArrayList<>();
        while (startsOperand(tokens.peek())) {
            Token argument = tokens.peek();
            if (!argument.spaced()) {
                throw source.error(argument.offset(), "unexpected " + argument.shown());
            }
            arguments.add(isFunction(argument) ? call(argument) : operand());
        }
        arguments.addAll(piped);
        return new Call(name.text(), arguments, name.offset());
    }

    /** A function among the arguments of another is given none itself. */
    private Expression call(Token name) {
        tokens.next();
        if (!Functions.NAMES.contains(name.text())) {
            throw source.error(name.offset(), "there is no function " + name.text());
        }
        return new Call(name.text(), List.of(), name.offset());
    }

    private Expression operand() {
        Token token = tokens.next();
        Expression term =
                switch (token.kind()) {
                    case DOT -> new Expression.Dot();
                    case FIELD ->
                        new Expression.Path(new Expression.Dot(), fields(List.of(token.text())), token.offset());
                    case VARIABLE -> {
                        requireVariable(token.text(), token.offset());
                        yield new Expression.Variable(token.text());
                    }
                    case LEFT -> nested(token);
                    case NAME -> new Expression.Literal(constant(token));
                    case STRING, RAW_STRING, CHARACTER, NUMBER -> new Expression.Literal(literal(token));
                    default -> throw source.error(token.offset(), "unexpected " + token.shown());
                };
        Token next = tokens.peek();
        if (!next.is(Kind.FIELD) || next.spaced()) {
            return term;
        }
        if (term instanceof Expression.Literal || term instanceof Expression.Dot) {
            throw source.error(next.offset(), "unexpected ." + next.text());
        }
        return new Expression.Path(term, fields(List.of()), next.offset());
    }

    private Expression nested(Token left) {
        if (++nesting > MAX_NESTING) {
            throw source.error(left.offset(), "the parentheses are nested too deeply");
        }
        Expression inner = commands("a parenthesis", Kind.RIGHT);
        nesting--;
        return inner;
    }

    /** Field after field, as long as there is nothing in between. */
    private List<String> fields(List<String> first) {
        List<String> names = new ArrayList<>(first);
        while (tokens.peek().is(Kind.FIELD) && !tokens.peek().spaced()) {
            names.add(tokens.next().text());
        }
        return names;
    }

    private Value constant(Token name) {
        return switch (name.text()) {
            case "true" -> Value.of(true);
            case "false" -> Value.of(false);
            case "nil" -> Value.NIL;
            default -> throw source.error(name.offset(), "unexpected " + name.text());
        };
    }

    private Value literal(Token token) {
        try {
            return Literals.read(token);
        } catch (Fault fault) {
            throw source.error(token.offset(), fault.getMessage());
        }
    }

    private void requireVariable(String name, int offset) {
        if (!variables.knows(name)) {
            throw source.error(offset, "there is no variable " + name);
        }
    }

    private static boolean isFunction(Token token) {
        return token.is(Kind.NAME) && !token.isName("true") && !token.isName("false") && !token.isName("nil");
    }

    private static boolean startsOperand(Token token) {
        return switch (token.kind()) {
            case DOT, FIELD, VARIABLE, LEFT, NAME, STRING, RAW_STRING, CHARACTER, NUMBER -> true;
            default -> false;
        };
    }
}
