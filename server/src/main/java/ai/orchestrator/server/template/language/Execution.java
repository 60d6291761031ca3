package ai.orchestrator.server.template.language;

import ai.orchestrator.server.template.language.Node.Block;
import ai.orchestrator.server.template.language.Node.Pipeline;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** One rendering of a template. */
final class Execution {
    private final Source source;
    private final Map<String, Block> defined;
    private final Budget budget = new Budget();
    private final Functions functions;
    private final StringBuilder out = new StringBuilder();
    private Scope scope;

    Execution(Source source, Map<String, Block> defined, Value data, Clock clock) {
        this.source = source;
        this.defined = defined;
        this.functions = new Functions(budget, clock);
        this.scope = new Scope(data);
    }

    /** What comes after a part: the next one, or the next round or the end of the loop around it. */
    private enum Next {
        PART,
        ROUND,
        END_OF_LOOP
    }

    String run(Block main, Value data) {
        try {
            block(main, data);
        } catch (Fault fault) {
            throw source.error(0, fault.getMessage());
        }
        return out.toString();
    }

    private Next block(Block block, Value dot) {
        budget.enter();
        int mark = scope.mark();
        Next next = Next.PART;
        for (Node node : block.nodes()) {
            budget.step();
            next = node(node, dot);
            if (next != Next.PART) {
                break;
            }
        }
        scope.reset(mark);
        budget.leave();
        return next;
    }

    private Next node(Node node, Value dot) {
        switch (node) {
            case Node.Literal(String text) -> print(text);
            case Node.Action(Pipeline pipeline) -> {
                Value value = value(pipeline, dot);
                if (pipeline.variables().isEmpty()) {
                    at(
                            pipeline.offset(),
                            () -> print(value instanceof Value.Nil ? "<no value>" : Printing.text(value)));
                }
            }
            case Node.If(Pipeline condition, Block then, Block otherwise) -> {
                int mark = scope.mark();
                Next next = block(value(condition, dot).truth() ? then : otherwise, dot);
                scope.reset(mark);
                return next;
            }
            case Node.With(Pipeline pipeline, Block then, Block otherwise) -> {
                int mark = scope.mark();
                Value value = value(pipeline, dot);
                Next next = value.truth() ? block(then, value) : block(otherwise, dot);
                scope.reset(mark);
                return next;
            }
            case Node.Range range -> {
                int mark = scope.mark();
                Next next = range(range, dot);
                scope.reset(mark);
                return next;
            }
            case Node.Include include -> include(include, dot);
            case Node.Break() -> {
                return Next.END_OF_LOOP;
            }
            case Node.Continue() -> {
                return Next.ROUND;
            }
        }
        return Next.PART;
    }

    private Next range(Node.Range range, Value dot) {
        Pipeline pipeline = range.values();
        Value values = evaluate(pipeline.value(), dot);
        int mark = scope.mark();
        Rounds rounds = at(pipeline.offset(), () -> Rounds.of(values));
        at(pipeline.offset(), () -> budget.work(rounds.keys().size()));
        if (rounds.isEmpty()) {
            return block(range.otherwise(), dot);
        }
        for (long i = 0; i < rounds.count(); i++) {
            at(pipeline.offset(), budget::step);
            List<String> variables = pipeline.variables();
            Value element = rounds.element(i);
            if (variables.size() == 2) {
                give(pipeline.declares(), variables.getFirst(), rounds.key(i));
            }
            if (!variables.isEmpty()) {
                give(pipeline.declares(), variables.getLast(), element);
            }
            Next next = block(range.body(), element);
            scope.reset(mark);
            if (next == Next.END_OF_LOOP) {
                break;
            }
        }
        return Next.PART;
    }

    private void include(Node.Include include, Value dot) {
        Value data = include.argument().map(pipeline -> value(pipeline, dot)).orElse(Value.NIL);
        Scope outer = scope;
        scope = new Scope(data);
        Block part = defined.getOrDefault(include.name(), Block.EMPTY);
        at(include.offset(), () -> block(part, data));
        scope = outer;
    }

    private Value value(Pipeline pipeline, Value dot) {
        Value value = evaluate(pipeline.value(), dot);
        pipeline.variables().forEach(variable -> give(pipeline.declares(), variable, value));
        return value;
    }

    private void give(boolean declares, String variable, Value value) {
        if (declares) {
            scope.declare(variable, value);
        } else {
            scope.assign(variable, value);
        }
    }

    private Value evaluate(Expression expression, Value dot) {
        return switch (expression) {
            case Expression.Dot() -> dot;
            case Expression.Literal(Value value) -> value;
            case Expression.Variable(String name) -> scope.get(name);
            case Expression.Path path -> {
                Value value = evaluate(path.base(), dot);
                for (String name : path.names()) {
                    Value owner = value;
                    value = at(path.offset(), () -> field(owner, name));
                }
                yield value;
            }
            case Expression.Call call -> call(call, dot);
        };
    }

    private Value call(Expression.Call call, Value dot) {
        boolean and = call.function().equals("and");
        if (and || call.function().equals("or")) {
            if (call.arguments().isEmpty()) {
                throw source.error(call.offset(), call.function() + " takes an argument at least");
            }
            Value value = Value.NIL;
            for (Expression argument : call.arguments()) {
                value = evaluate(argument, dot);
                if (value.truth() != and) {
                    break;
                }
            }
            return value;
        }
        List<Value> given = new ArrayList<>();
        call.arguments().forEach(argument -> given.add(evaluate(argument, dot)));
        return at(call.offset(), () -> {
            budget.step();
            return functions.apply(call.function(), given);
        });
    }

    private static Value field(Value owner, String name) {
        return switch (owner) {
            case Value.Entries(var values, var ignored) -> values.getOrDefault(name, Value.NIL);
            case Value.Thing thing
            when thing.fields().containsKey(name) -> thing.fields().getOrDefault(name, Value.NIL);
            case Value.Nil() -> throw new Fault("there is nothing that ." + name + " could be of");
            default -> throw new Fault(Printing.type(owner) + " has no field " + name);
        };
    }

    private void print(String text) {
        budget.work(text.length());
        out.append(text);
    }

    private void at(int offset, Runnable work) {
        at(offset, () -> {
            work.run();
            return Value.NIL;
        });
    }

    /** Says where it is that something is wrong. */
    private <T> T at(int offset, Supplier<T> work) {
        try {
            return work.get();
        } catch (Fault fault) {
            throw source.error(offset, fault.getMessage());
        }
    }
}
