package ai.orchestrator.server.template.language;

import ai.orchestrator.server.template.language.Value.Items.Form;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Values as text, as Go's {@code %v} has them. */
final class Printing {
    private static final int LEAST_EXPONENT = -4;
    private static final int MOST_EXPONENT = 21;

    private Printing() {}

    static String text(Value value) {
        return switch (value) {
            case Value.Nil() -> "<nil>";
            case Value.Bool(boolean truth) -> Boolean.toString(truth);
            case Value.Whole(long number) -> Long.toString(number);
            case Value.Real(double number) -> number(number, LEAST_EXPONENT);
            case Value.Text(String text) -> text;
            case Value.Items items when items.isAlone() -> items.truth() ? text(items.first()) : "";
            case Value.Items items when items.form() == Form.JSON -> Json.text(items);
            case Value.Items(List<Value> values, var ignored) ->
                values.stream().map(Printing::text).collect(Collectors.joining(" ", "[", "]"));
            case Value.Entries entries when entries.json() -> Json.text(entries);
            case Value.Entries(Map<String, Value> values, var ignored) ->
                new TreeMap<>(values)
                        .entrySet().stream()
                                .map(entry -> entry.getKey() + ":" + text(entry.getValue()))
                                .collect(Collectors.joining(" ", "map[", "]"));
            case Value.Thing thing -> text(thing.json(), Json.text(thing.json()));
        };
    }

    /** A thing that is a text in JSON prints without the quotes. */
    private static String text(Value json, String otherwise) {
        return json instanceof Value.Text(String text) ? text : otherwise;
    }

    /** The type's name, as complaints have it. */
    static String type(Value value) {
        return switch (value) {
            case Value.Nil() -> "nil";
            case Value.Bool ignored -> "bool";
            case Value.Whole ignored -> "int";
            case Value.Real ignored -> "float64";
            case Value.Text ignored -> "string";
            case Value.Items ignored -> "list";
            case Value.Entries ignored -> "map";
            case Value.Thing thing -> thing.type();
        };
    }

    /** The shortest form that is read as the same number, with an exponent only below and above what is usual. */
    static String number(double number, int leastExponent) {
        if (Double.isNaN(number)) {
            return "NaN";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "+Inf" : "-Inf";
        }
        if (number == 0) {
            return 1 / number < 0 ? "-0" : "0";
        }
        BigDecimal exact = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        int exponent = exact.precision() - exact.scale() - 1;
        if (exponent >= leastExponent && exponent < MOST_EXPONENT) {
            return exact.toPlainString();
        }
        String digits = exact.unscaledValue().abs().toString();
        String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
        String power = Math.abs(exponent) < 10 ? "0" + Math.abs(exponent) : "" + Math.abs(exponent);
        return (number < 0 ? "-" : "") + digits.charAt(0) + fraction + "e" + (exponent < 0 ? "-" : "+") + power;
    }
}
