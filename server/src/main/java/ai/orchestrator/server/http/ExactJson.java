package ai.orchestrator.server.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Makes readers of JSON that keep its numbers as they are written, whatever a {@code double} would make of them. */
public final class ExactJson {
    private static final JsonMapper STRICT = mapper(new JsonFactory())
            .rebuild()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ExactJson() {}

    /** Reads by a factory; a number whose exponent is beyond all reason is a {@link NumberFormatException} there. */
    static JsonMapper mapper(JsonFactory factory) {
        return JsonMapper.builder(factory)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build();
    }

    /**
     * The one value that a text is.
     *
     * @throws JsonProcessingException if it is anything else, or a number in it has an exponent beyond all reason
     */
    public static JsonNode read(String text) throws JsonProcessingException {
        try {
            return STRICT.readTree(text);
        } catch (NumberFormatException e) {
            throw new JsonParseException(null, "a number is too large", e);
        }
    }
}
