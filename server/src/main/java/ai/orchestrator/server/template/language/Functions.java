package ai.orchestrator.server.template.language;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The functions of the templates. {@code and} and {@code or} leave arguments out, so whoever evaluates the arguments does them. */
final class Functions {
    static final Set<String> NAMES = Set.of(
            "and",
            "or",
            "not",
            "eq",
            "ne",
            "lt",
            "le",
            "gt",
            "ge",
            "len",
            "index",
            "slice",
            "print",
            "printf",
            "println",
            "json",
            "currentDate",
            "yesterdayDate",
            "toTypeScriptType");

    private final Budget budget;
    private final Clock clock;

    Functions(Budget budget, Clock clock) {
        this.budget = budget;
        this.clock = clock;
    }

    Value apply(String name, List<Value> given) {
        return switch (name) {
            case "not" -> Value.of(!only(name, given).truth());
            case "eq" -> {
                atLeast(name, 2, given);
                yield Value.of(Comparison.equal(given, budget));
            }
            case "ne" -> Value.of(!Comparison.equal(two(name, given), budget));
            case "lt" -> Value.of(order(name, given) < 0);
            case "le" -> Value.of(order(name, given) <= 0);
            case "gt" -> Value.of(order(name, given) > 0);
            case "ge" -> Value.of(order(name, given) >= 0);
            case "len" -> Value.of(length(only(name, given)));
            case "index" -> index(given);
            case "slice" -> slice(given);
            case "print" -> made(print(given));
            case "println" -> made(String.join(" ", texts(given)) + "\n");
            case "printf" -> made(printf(given));
            case "json" -> made(Json.text(only(name, given)));
            case "currentDate" -> Value.of(LocalDate.now(clock).toString());
            case "yesterdayDate" -> Value.of(LocalDate.now(clock).minusDays(1).toString());
            case "toTypeScriptType" -> typeScript(only(name, given));
            default -> throw new Fault("there is no function " + name);
        };
    }

    private static Value typeScript(Value property) {
        Value any = Value.of("any");
        return property instanceof Value.Thing thing ? thing.fields().getOrDefault("ToTypeScriptType", any) : any;
    }

    private int order(String name, List<Value> given) {
        two(name, given);
        return Comparison.order(given.getFirst(), given.getLast(), budget);
    }

    private long length(Value value) {
        return switch (value) {
            case Value.Text(String text) -> bytes(text).length;
            case Value.Items(List<Value> values, var ignored) -> values.size();
            case Value.Entries(Map<String, Value> values, var ignored) -> values.size();
            default -> throw new Fault(Printing.type(value) + " has no length");
        };
    }

    private Value index(List<Value> given) {
        atLeast("index", 1, given);
        Value value = given.getFirst();
        for (Value index : given.subList(1, given.size())) {
            value = switch (value) {
                case Value.Items(List<Value> values, var ignored) -> values.get(place(index, values.size() - 1));
                case Value.Entries(Map<String, Value> values, var ignored) ->
                    values.getOrDefault(key(index), Value.NIL);
                case Value.Text(String text) -> {
                    byte[] bytes = bytes(text);
                    yield Value.of(bytes[place(index, bytes.length - 1)] & 0xff);
                }
                default -> throw new Fault(Printing.type(value) + " has no index");
            };
        }
        return value;
    }

    private static String key(Value index) {
        if (index instanceof Value.Text(String key)) {
            return key;
        }
        throw new Fault(Printing.type(index) + " is no key");
    }

    private Value slice(List<Value> given) {
        atLeast("slice", 1, given);
        Value value = given.getFirst();
        if (given.size() > 3) {
            throw new Fault("slice takes a value and two indexes at most");
        }
        return switch (value) {
            case Value.Items(List<Value> values, var form) ->
                new Value.Items(values.subList(from(given, values.size()), to(given, values.size())), form);
            case Value.Text(String text) -> {
                byte[] bytes = bytes(text);
                int from = from(given, bytes.length);
                int length = to(given, bytes.length) - from;
                yield Value.of(StandardCharsets.UTF_8
                        .decode(ByteBuffer.wrap(bytes, from, length))
                        .toString());
            }
            default -> throw new Fault(Printing.type(value) + " has no slice");
        };
    }

    private static int from(List<Value> given, int size) {
        return given.size() < 2 ? 0 : place(given.get(1), to(given, size));
    }

    private static int to(List<Value> given, int size) {
        return given.size() < 3 ? size : place(given.get(2), size);
    }

    private static int place(Value index, int most) {
        if (!(index instanceof Value.Whole(long place))) {
            throw new Fault(Printing.type(index) + " is no index");
        }
        if (place < 0 || place > most) {
            throw new Fault("the index " + place + " is out of range");
        }
        return (int) place;
    }

    /** A space stands only between two that are no strings. */
    private static String print(List<Value> given) {
        StringBuilder text = new StringBuilder();
        boolean afterString = true;
        for (Value value : given) {
            boolean string = value instanceof Value.Text;
            text.append(afterString || string ? "" : " ").append(Printing.text(value));
            afterString = string;
        }
        return text.toString();
    }

    /** What is printed counts even where the format cuts it off. */
    private String printf(List<Value> given) {
        atLeast("printf", 1, given);
        if (!(given.getFirst() instanceof Value.Text(String format))) {
            throw new Fault("printf needs a format first");
        }
        given.forEach(value -> budget.work(Printing.text(value).length()));
        return Formatting.format(format, given.subList(1, given.size()));
    }

    private static List<String> texts(List<Value> given) {
        return given.stream().map(Printing::text).toList();
    }

    private Value made(String text) {
        budget.work(text.length());
        return Value.of(text);
    }

    private byte[] bytes(String text) {
        budget.work(text.length());
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Value only(String name, List<Value> given) {
        if (given.size() != 1) {
            throw new Fault(name + " takes one argument, not " + given.size());
        }
        return given.getFirst();
    }

    private static List<Value> two(String name, List<Value> given) {
        if (given.size() != 2) {
            throw new Fault(name + " takes two arguments, not " + given.size());
        }
        return given;
    }

    private static void atLeast(String name, int least, List<Value> given) {
        if (given.size() < least) {
            throw new Fault(name + " takes " + least + " arguments at least, not " + given.size());
        }
    }
}
