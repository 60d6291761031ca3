package ai.orchestrator.server.template.language;

import java.util.List;
import java.util.Map;

/** What a {@code range} goes through. */
record Rounds(long count, List<Value> keys, List<Value> elements) {

    /** @throws Fault if the value is none to go through */
    static Rounds of(Value value) {
        return switch (value) {
            case Value.Items(List<Value> values, var ignored) -> new Rounds(values.size(), List.of(), values);
            case Value.Entries(Map<String, Value> values, var ignored) ->
                new Rounds(
                        values.size(), values.keySet().stream().map(Value::of).toList(), List.copyOf(values.values()));
            case Value.Whole(long number) -> new Rounds(Math.max(0, number), List.of(), List.of());
            case Value.Nil() -> new Rounds(0, List.of(), List.of());
            default -> throw new Fault("range cannot go through " + Printing.type(value));
        };
    }

    boolean isEmpty() {
        return count == 0;
    }

    Value key(long round) {
        return keys.isEmpty() ? Value.of(round) : keys.get((int) round);
    }

    Value element(long round) {
        return elements.isEmpty() ? Value.of(round) : elements.get((int) round);
    }
}
