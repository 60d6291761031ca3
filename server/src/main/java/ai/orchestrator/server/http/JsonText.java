package ai.orchestrator.server.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes one JSON value into bytes. */
public final class JsonText {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    private JsonText() {}

    /** Writes a value. */
    @FunctionalInterface
    public interface Writing {
        /** Writes exactly one value. */
        void to(JsonGenerator json) throws IOException;
    }

    /** The value's UTF-8 bytes, without a line end. */
    public static byte[] of(Writing writing) {
        return of(writing, false);
    }

    /** The value's UTF-8 bytes with a line end. */
    static byte[] line(Writing writing) {
        return of(writing, true);
    }

    private static byte[] of(Writing writing, boolean line) {
        try (ByteArrayBuilder bytes = new ByteArrayBuilder(2048)) {
            try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
                writing.to(json);
            }
            if (line) {
                bytes.append('\n');
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("a reply could not be written as JSON", e);
        }
    }

    static JsonFactory factory() {
        return FACTORY;
    }
}
