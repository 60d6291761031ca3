package ai.orchestrator.server.cache;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/** JSON in one spelling: keys sorted, numbers in one form, no spaces. */
final class CanonicalJson {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private CanonicalJson() {}

    /** The canonical spelling of a JSON text; a text that is no single JSON value, or that has a member twice, stands for itself. */
    static String of(String json) {
        try {
            JsonNode value = JSON.readTree(json);
            if (value.isMissingNode()) {
                return "!" + json;
            }
            StringBuilder out = new StringBuilder(json.length());
            write(value, out);
            return out.toString();
        } catch (JsonProcessingException | ArithmeticException | NumberFormatException e) {
            return "!" + json; // the last two of an exponent beyond all reason
        }
    }

    /** A number's one form: {@code 1}, {@code 1.0} and {@code 1e0} are the same. */
    static String number(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.unscaledValue() + "e" + -(long) stripped.scale();
    }

    private static void write(JsonNode node, StringBuilder out) throws JsonProcessingException {
        switch (node.getNodeType()) {
            case OBJECT -> {
                Map<String, JsonNode> sorted = new TreeMap<>();
                node.properties().forEach(property -> sorted.put(property.getKey(), property.getValue()));
                out.append('{');
                for (Map.Entry<String, JsonNode> property : sorted.entrySet()) {
                    out.append(JSON.writeValueAsString(property.getKey())).append(':');
                    write(property.getValue(), out);
                    out.append(',');
                }
                out.append('}');
            }
            case ARRAY -> {
                out.append('[');
                for (JsonNode item : node) {
                    write(item, out);
                    out.append(',');
                }
                out.append(']');
            }
            case NUMBER -> out.append(number(node.decimalValue()));
            case STRING, BOOLEAN, NULL, BINARY, MISSING, POJO -> out.append(JSON.writeValueAsString(node));
        }
    }
}
