package ai.orchestrator.server.http;

import ai.orchestrator.server.unicode.Surrogates;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;

/** One text for all spellings of a JSON value: keys sorted, numbers in one form, no white space. */
public final class CanonicalJson {
    private static final double EXACT = 1L << 53;

    private CanonicalJson() {}

    /** The value's canonical text. */
    public static String of(JsonNode value) {
        return new String(JsonText.of(json -> write(value, json)), StandardCharsets.UTF_8);
    }

    private static void write(JsonNode value, JsonGenerator json) throws IOException {
        switch (value.getNodeType()) {
            case OBJECT -> {
                TreeMap<String, JsonNode> sorted = new TreeMap<>();
                value.properties().forEach(member -> sorted.put(Surrogates.repair(member.getKey()), member.getValue()));
                json.writeStartObject();
                for (var member : sorted.entrySet()) {
                    json.writeFieldName(member.getKey());
                    write(member.getValue(), json);
                }
                json.writeEndObject();
            }
            case ARRAY -> {
                json.writeStartArray();
                for (JsonNode element : value) {
                    write(element, json);
                }
                json.writeEndArray();
            }
            case NUMBER -> writeNumber(value, json);
            case BOOLEAN -> json.writeBoolean(value.booleanValue());
            case STRING, BINARY -> json.writeString(Surrogates.repair(value.asText()));
            case NULL, MISSING, POJO -> json.writeNull();
        }
    }

    private static void writeNumber(JsonNode value, JsonGenerator json) throws IOException {
        if (value.isIntegralNumber()) {
            json.writeNumber(value.bigIntegerValue());
            return;
        }
        double number = value.doubleValue();
        if (!Double.isFinite(number)) {
            throw HttpProblem.badRequest("a number in the request is too large");
        }
        if (number == Math.rint(number) && Math.abs(number) < EXACT) {
            json.writeNumber((long) number);
        } else {
            json.writeNumber(BigDecimal.valueOf(number).stripTrailingZeros().toString());
        }
    }
}
