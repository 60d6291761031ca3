package ai.orchestrator.server.template.language;

import java.util.Iterator;
import java.util.Locale;
import java.util.Map;

/** Values as JSON in the form that Go gives it: without spaces, and with what HTML takes amiss escaped. */
final class Json {
    private static final int LEAST_EXPONENT = -6;

    private final StringBuilder out = new StringBuilder();

    private Json() {}

    static String text(Value value) {
        Json json = new Json();
        json.write(value);
        return json.out.toString();
    }

    private void write(Value value) {
        switch (value) {
            case Value.Nil() -> out.append("null");
            case Value.Bool(boolean truth) -> out.append(truth);
            case Value.Whole(long number) -> out.append(number);
            case Value.Real(double number) ->
                out.append(
                        Double.isFinite(number)
                                ? Printing.number(number, LEAST_EXPONENT).replaceFirst("e-0", "e-")
                                : "null");
            case Value.Text(String text) -> string(text);
            case Value.Items items when items.isAlone() -> write(items.first());
            case Value.Items items -> {
                out.append('[');
                Iterator<Value> values = items.values().iterator();
                while (values.hasNext()) {
                    write(values.next());
                    out.append(values.hasNext() ? "," : "");
                }
                out.append(']');
            }
            case Value.Entries entries -> {
                out.append('{');
                Iterator<Map.Entry<String, Value>> values =
                        entries.values().entrySet().iterator();
                while (values.hasNext()) {
                    Map.Entry<String, Value> entry = values.next();
                    string(entry.getKey());
                    out.append(':');
                    write(entry.getValue());
                    out.append(values.hasNext() ? "," : "");
                }
                out.append('}');
            }
            case Value.Thing thing -> write(thing.json());
        }
    }

    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '<', '>', '&', '\u2028', '\u2029' -> escape(c);
                default -> {
                    if (c < ' ') {
                        escape(c);
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private void escape(char c) {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
    }
}
