package ai.orchestrator.server.http;

import ai.orchestrator.plugin.PluginFailure;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.helidon.webserver.CloseConnectionException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * A reply's body that goes out in pieces; the status and the headers go with the first of them. {@link #flush} and {@link #end} throw
 * {@link PluginFailure.Cancelled} when the client has left.
 */
final class StreamedBody {
    private final Exchange exchange;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream(512);
    private final ByteArrayOutputStream object = new ByteArrayOutputStream(512);
    private JsonGenerator json;

    StreamedBody(Exchange exchange) {
        this.exchange = exchange;
        this.json = generator(object);
    }

    /** Adds text; nothing goes out yet. */
    StreamedBody text(String text) {
        pending.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Adds a JSON object with text before and after it. One that cannot be written leaves nothing behind, so that an error can still follow. */
    StreamedBody json(String before, JsonText.Writing writing, String after) {
        boolean written = false;
        try {
            writing.to(json);
            json.flush();
            written = true;
        } catch (IOException e) {
            throw new UncheckedIOException("a reply could not be written as JSON", e);
        } finally {
            if (!written) {
                object.reset();
                json = generator(object);
            }
        }
        text(before);
        pending.writeBytes(object.toByteArray());
        object.reset();
        return text(after);
    }

    /** How many bytes have not gone out yet. */
    int size() {
        return pending.size();
    }

    /** Sends what has not gone out yet. */
    void flush() {
        if (pending.size() == 0) {
            return;
        }
        try {
            OutputStream out = exchange.beginStream();
            pending.writeTo(out);
            pending.reset();
            out.flush();
        } catch (IOException | CloseConnectionException e) {
            throw new PluginFailure.Cancelled();
        }
    }

    /** Ends the reply. */
    void end() {
        flush();
        try {
            json.close();
            exchange.beginStream().close();
        } catch (IOException | CloseConnectionException e) {
            throw new PluginFailure.Cancelled();
        }
    }

    private static JsonGenerator generator(OutputStream out) {
        try {
            return JsonText.factory().createGenerator(out).setPrettyPrinter(new MinimalPrettyPrinter(""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
