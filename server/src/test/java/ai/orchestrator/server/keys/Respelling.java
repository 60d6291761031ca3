package ai.orchestrator.server.keys;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Writes JSON in other words: members in another order, white space, escapes, and numbers in other forms. */
final class Respelling {
    private static final List<String> SPACES = List.of("", "", " ", "\n", "\t \r\n");

    private final Random random;

    Respelling(Random random) {
        this.random = random;
    }

    String of(JsonNode node) {
        StringBuilder out = new StringBuilder();
        value(node, out);
        return out.append(space()).toString();
    }

    private void value(JsonNode node, StringBuilder out) {
        out.append(space());
        if (node.isObject()) {
            object(node, out);
        } else if (node.isArray()) {
            out.append('[');
            String comma = "";
            for (JsonNode element : node) {
                out.append(comma);
                value(element, out);
                comma = space() + ",";
            }
            out.append(space()).append(']');
        } else if (node.isTextual()) {
            text(node.textValue(), out);
        } else if (node.isNumber()) {
            out.append(number(node.decimalValue()));
        } else {
            out.append(node);
        }
    }

    private void object(JsonNode node, StringBuilder out) {
        List<Map.Entry<String, JsonNode>> members = new ArrayList<>(node.properties());
        Collections.shuffle(members, random);
        out.append('{');
        String comma = "";
        for (Map.Entry<String, JsonNode> member : members) {
            out.append(comma).append(space());
            text(member.getKey(), out);
            out.append(space()).append(':');
            value(member.getValue(), out);
            comma = space() + ",";
        }
        out.append(space()).append('}');
    }

    private void text(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\' || Character.isSurrogate(c) || random.nextInt(4) == 0) {
                out.append(String.format(random.nextBoolean() ? "\\u%04x" : "\\u%04X", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    private String number(BigDecimal number) {
        return switch (random.nextInt(4)) {
            case 0 -> number.toPlainString();
            case 1 -> number.setScale(Math.max(1, number.scale() + 1)).toPlainString();
            case 2 -> number.movePointLeft(1).toPlainString() + (random.nextBoolean() ? "e1" : "E+1");
            default -> number.movePointRight(2).toPlainString() + "e-2";
        };
    }

    private String space() {
        return SPACES.get(random.nextInt(SPACES.size()));
    }
}
