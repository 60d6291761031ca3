package ai.orchestrator.testkit.fakes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** What a fake server sends back. */
@FunctionalInterface
public interface Reply {
    /** The media type of newline-delimited JSON, as Ollama streams it. */
    String NDJSON = "application/x-ndjson";

    /** Writes the reply; an exception breaks the connection. */
    void send(RecordedCall call, ReplyWriter out) throws IOException;

    /** @param headers names and values by turns */
    static Reply json(int status, String body, String... headers) {
        return whole(status, "application/json", body, headers);
    }

    /** @param headers names and values by turns */
    static Reply whole(int status, String contentType, String body, String... headers) {
        return (call, out) -> out.head(status, contentType, headers).write(body);
    }

    /** A stream of server-sent events of these bytes, each piece sent on its own. */
    static Reply bytes(List<byte[]> pieces) {
        return (call, out) -> {
            out.head(200, "text/event-stream");
            for (byte[] piece : pieces) {
                out.write(piece);
            }
        };
    }

    /** A stream of server-sent events as it stands, without an end mark, that ends as if it were complete. */
    static Reply raw(String... pieces) {
        return bytes(List.of(pieces).stream()
                .map(piece -> piece.getBytes(StandardCharsets.UTF_8))
                .toList());
    }

    /** A stream of newline-delimited JSON that ends after these lines. */
    static Reply lines(String... lines) {
        return (call, out) -> {
            out.head(200, NDJSON);
            for (String line : lines) {
                out.line(line);
            }
        };
    }

    /** A stream of newline-delimited JSON, in the midst of which the connection breaks. */
    static Reply brokenLines(String... lines) {
        return (call, out) -> {
            lines(lines).send(call, out);
            throw new IOException("broken off, as scripted");
        };
    }

    /** These lines of newline-delimited JSON and then nothing more, until the server is closed. */
    static Reply stalledAfterLines(String... lines) {
        return (call, out) -> {
            lines(lines).send(call, out);
            out.stall();
        };
    }

    /** The line again and again, until the client hangs up or the server is closed. */
    static Reply endlessLines(String line, Duration every) {
        return (call, out) -> {
            out.head(200, NDJSON);
            do {
                out.line(line);
            } while (!out.closingWithin(every));
        };
    }

    /** A stream of these frames and then {@code [DONE]}. */
    static Reply frames(String... frames) {
        return (call, out) -> {
            out.head(200, "text/event-stream");
            for (String frame : frames) {
                out.event(frame);
            }
            out.event("[DONE]");
        };
    }

    /** A stream of these frames, in the midst of which the connection breaks. */
    static Reply broken(String... frames) {
        return (call, out) -> {
            out.head(200, "text/event-stream");
            for (String frame : frames) {
                out.event(frame);
            }
            throw new IOException("broken off, as scripted");
        };
    }

    /** The piece again and again, until the client hangs up or the server is closed. */
    static Reply endless(String piece, Duration every) {
        return (call, out) -> {
            out.head(200, "text/event-stream");
            do {
                out.write(piece);
            } while (!out.closingWithin(every));
        };
    }

    /** These frames and then nothing more, until the server is closed. */
    static Reply stalledAfter(String... frames) {
        return (call, out) -> {
            out.head(200, "text/event-stream");
            for (String frame : frames) {
                out.event(frame);
            }
            out.stall();
        };
    }

    /** Nothing at all, not even a status, until the server is closed. */
    static Reply silent() {
        return (call, out) -> out.stall();
    }
}
