package ai.orchestrator.server.template.language;

import java.util.List;

/** Go's {@code eq} and {@code lt}: numbers with numbers of their kind, strings with strings, nothing else with each other. */
final class Comparison {
    private Comparison() {}

    /** Whether the first is equal to any of the others. */
    static boolean equal(List<Value> values, Budget budget) {
        Value first = values.getFirst();
        for (Value other : values.subList(1, values.size())) {
            if (equal(first, other, budget)) {
                return true;
            }
        }
        return false;
    }

    private static boolean equal(Value one, Value other, Budget budget) {
        if (one instanceof Value.Nil || other instanceof Value.Nil) {
            return one instanceof Value.Nil && other instanceof Value.Nil;
        }
        Value left = plain(one);
        Value right = plain(other);
        if (!left.getClass().equals(right.getClass())) {
            throw new Fault(Printing.type(one) + " and " + Printing.type(other) + " cannot be compared");
        }
        return switch (left) {
            case Value.Text(String text) -> {
                budget.work(text.length());
                yield left.equals(right);
            }
            case Value.Bool ignored -> left.equals(right);
            case Value.Whole ignored -> left.equals(right);
            case Value.Real(double number) -> right instanceof Value.Real(double second) && number == second;
            default -> throw new Fault(Printing.type(one) + " cannot be compared");
        };
    }

    /** Below zero where the first is less than the second. */
    static int order(Value one, Value other, Budget budget) {
        Value left = plain(one);
        Value right = plain(other);
        if (left instanceof Value.Text(String first) && right instanceof Value.Text(String second)) {
            budget.work(Math.min(first.length(), second.length()));
            return first.compareTo(second);
        }
        if (left instanceof Value.Whole(long first) && right instanceof Value.Whole(long second)) {
            return Long.compare(first, second);
        }
        if (left instanceof Value.Real(double first) && right instanceof Value.Real(double second)) {
            return Double.compare(first, second);
        }
        throw new Fault(Printing.type(one) + " and " + Printing.type(other) + " have no order");
    }

    /** A thing that is a text in JSON is compared as one. */
    private static Value plain(Value value) {
        return value instanceof Value.Thing thing && thing.json() instanceof Value.Text text ? text : value;
    }
}
