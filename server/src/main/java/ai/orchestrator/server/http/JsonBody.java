package ai.orchestrator.server.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A request's body, read as leniently as Ollama reads it: whatever its media type, without regard to what follows the first value.
 *
 * @param members the object's members
 * @param size bytes of the body
 */
public record JsonBody(JsonObject members, int size) {
    private static final int MAX_DEPTH = 400;
    private static final int MAX_TOKENS = 1_000_000;
    private static final ObjectReader READER = ExactJson.mapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxTokenCount(MAX_TOKENS)
                            .maxNumberLength(400)
                            .maxNameLength(10_000)
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .readerFor(JsonNode.class);

    /** The members under the name that a complaint about one of them gives their owner. */
    public JsonObject members(String owner) {
        return members.named(owner);
    }

    /**
     * Reads a body, which has to be a JSON object or null.
     *
     * @throws HttpProblem if it is anything else
     */
    public static JsonBody parse(byte[] bytes) {
        JsonNode root = root(bytes);
        if (root.isMissingNode()) {
            throw HttpProblem.badRequest("missing request body");
        }
        if (root.isNull()) {
            return new JsonBody(JsonObject.NONE, bytes.length);
        }
        if (!root.isObject()) {
            throw HttpProblem.badRequest("the request body must be a JSON object, not "
                    + JsonKind.of(root).article());
        }
        return new JsonBody(JsonObject.of(root, ""), bytes.length);
    }

    private static JsonNode root(byte[] bytes) {
        try {
            return tree(bytes);
        } catch (NumberFormatException e) {
            throw HttpProblem.badRequest("a number in the request is too large");
        }
    }

    private static JsonNode tree(byte[] bytes) {
        try {
            return READER.readTree(bytes);
        } catch (IOException first) {
            String text = new String(bytes, StandardCharsets.UTF_8);
            if (text.indexOf('\uFFFD') < 0) {
                throw complaint(first, text);
            }
            // bytes that are no UTF-8 are read as U+FFFD, as in Go
            try {
                return READER.readTree(text);
            } catch (IOException second) {
                throw complaint(second, text);
            }
        }
    }

    private static HttpProblem complaint(IOException failure, String text) {
        return HttpProblem.badRequest(
                switch (failure) {
                    case JsonEOFException ignored -> "unexpected EOF";
                    case StreamConstraintsException ignored ->
                        "the request's JSON is nested too deeply, or has too many or too long values";
                    case JsonProcessingException syntax -> syntaxError(syntax, text);
                    default -> "the request body is not JSON";
                });
    }

    private static String syntaxError(JsonProcessingException failure, String text) {
        String begin = text.stripLeading();
        int first = begin.isEmpty() ? ' ' : begin.codePointAt(0);
        if (first != '{' && first != '[') {
            return "invalid character '" + Character.toString(first) + "' looking for beginning of value";
        }
        return "invalid JSON at line " + failure.getLocation().getLineNr() + ", column "
                + failure.getLocation().getColumnNr();
    }
}
