package ai.orchestrator.openai.wire;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import okhttp3.Headers;
import okhttp3.MediaType;
import okhttp3.Response;
import okio.BufferedSource;

/** A reply whose head is there, and whose body is still to be read. */
public final class HttpReply {
    private static final long LONGEST_BODY = 64L << 20;
    private static final long LONGEST_ERROR = 64L << 10;
    private static final long LONGEST_LINE = 16L << 20;

    private final Response response;

    HttpReply(Response response) {
        this.response = response;
    }

    /** The HTTP status. */
    public int status() {
        return response.code();
    }

    /** The last value of a header, if it is there and not blank. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(response.header(name)).filter(value -> !value.isBlank());
    }

    /** What the body is said to be, such as {@code application/json}, in lower case; empty if it is not said. */
    public String mediaType() {
        MediaType type = response.body().contentType();
        return type == null ? "" : (type.type() + "/" + type.subtype()).toLowerCase(Locale.ROOT);
    }

    /**
     * The next line that is not blank, without its end; empty at the end of the body.
     *
     * @throws PluginFailure if the line is longer than 16 MB
     */
    public Optional<String> line() throws IOException {
        BufferedSource source = source();
        while (true) {
            if (source.indexOf((byte) '\n', 0, LONGEST_LINE) < 0 && source.request(LONGEST_LINE)) {
                throw new PluginFailure.Permanent(
                        FailureCode.BAD_REPLY, "the far side sent a line of more than " + (LONGEST_LINE >> 20) + " MB");
            }
            String line = source.readUtf8Line();
            if (line == null) {
                return Optional.empty();
            }
            if (!line.isBlank()) {
                return Optional.of(line);
            }
        }
    }

    /**
     * The whole body as a JSON object.
     *
     * @throws PluginFailure if it is none, or has more than 64 MB
     */
    public JsonNode object() throws IOException {
        BufferedSource source = source();
        if (source.request(LONGEST_BODY)) {
            throw new PluginFailure.Permanent(
                    FailureCode.BAD_REPLY, "the far side sent more than " + (LONGEST_BODY >> 20) + " MB");
        }
        return Json.object(source.readString(StandardCharsets.UTF_8));
    }

    /** The start of an error's body; empty if it does not come. */
    String start() {
        try {
            BufferedSource source = source();
            source.request(LONGEST_ERROR);
            return source.getBuffer().readString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    Headers headers() {
        return response.headers();
    }

    BufferedSource source() {
        return response.body().source();
    }
}
