package ai.orchestrator.search.http;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.Locale;
import okhttp3.Headers;
import okhttp3.HttpUrl;

/**
 * A server's reply as it came.
 *
 * @param url what was asked
 * @param body the whole of it if the status is a success, else its start, or nothing where that did not arrive in time
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed
public record Reply(HttpUrl url, int status, Headers headers, byte[] body) {
    /** Some services score a page with NaN, which no JSON has. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    /** A header's value, or an empty text. */
    public String header(String name) {
        String value = headers.get(name);
        return value == null ? "" : value;
    }

    /**
     * The body's JSON.
     *
     * @param service what the message calls the server
     * @throws PluginFailure if the body is a page, or no JSON
     */
    public JsonNode json(String service) {
        if (isPage()) {
            throw new PluginFailure.Permanent(
                    FailureCode.BAD_REPLY,
                    "The answer is a web page instead of JSON: url is not that of " + service
                            + ", or something before it answers.");
        }
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new PluginFailure.Retriable(FailureCode.BAD_REPLY, service + "'s answer is not JSON.", e);
        }
    }

    /** The JSON that tells more about a refusal, or a missing node if the body is something else. */
    public JsonNode refusal() {
        if (isPage()) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    private boolean isPage() {
        return header("Content-Type").toLowerCase(Locale.ROOT).contains("html") || (body.length > 0 && body[0] == '<');
    }
}
