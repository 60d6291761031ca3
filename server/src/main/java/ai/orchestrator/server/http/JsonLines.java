package ai.orchestrator.server.http;

import ai.orchestrator.plugin.PluginFailure;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.helidon.webserver.CloseConnectionException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * A reply of one JSON object a line. The status and the headers go out with the first line. Each method throws
 * {@link PluginFailure.Cancelled} when the client has left.
 */
public final class JsonLines {
    private static final int FULL = 8192;

    private final Exchange exchange;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream(512);
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(512);
    private JsonGenerator json;

    /** A reply that has not begun. */
    public JsonLines(Exchange exchange) {
        this.exchange = exchange;
        this.json = generator(line);
    }

    /** Writes a line; it goes out at once. */
    public void send(JsonText.Writing writing) {
        write(writing);
        flush();
    }

    /** Writes a line that may wait for the next ones, for an answer that is there already. */
    public void buffer(JsonText.Writing writing) {
        write(writing);
        if (pending.size() >= FULL) {
            flush();
        }
    }

    /** Ends the reply. */
    public void end() {
        flush();
        try {
            json.close();
            exchange.beginStream().close();
        } catch (IOException | CloseConnectionException e) {
            throw new PluginFailure.Cancelled();
        }
    }

    /** A line that cannot be written leaves nothing behind, so that an error line can still follow. */
    private void write(JsonText.Writing writing) {
        boolean written = false;
        try {
            writing.to(json);
            json.flush();
            written = true;
        } catch (IOException e) {
            throw new UncheckedIOException("a reply could not be written as JSON", e);
        } finally {
            if (!written) {
                line.reset();
                json = generator(line);
            }
        }
        pending.writeBytes(line.toByteArray());
        pending.write('\n');
        line.reset();
    }

    private static JsonGenerator generator(OutputStream out) {
        try {
            return JsonText.factory().createGenerator(out).setPrettyPrinter(new MinimalPrettyPrinter(""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void flush() {
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
}
