package ai.orchestrator.openai.wire;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import java.io.IOException;
import java.util.Optional;
import java.util.StringJoiner;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * Reads server-sent events. Comments, events without data and fields other than {@code data} are passed over, but for the mark of an error;
 * lines may end in {@code \n} or {@code \r\n}; an event that the end of the stream cuts short counts, since some servers leave the last empty
 * line out.
 */
final class EventStream {
    /** The longest event in bytes; the largest real ones carry an image or a whole tool call. */
    static final long LONGEST = 16L << 20;

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final BufferedSource source;
    private boolean begun;

    /**
     * An event.
     *
     * @param error whether it is marked as an error, by its name or, as old builds of llama-server do it, by the name of its field
     * @param data its lines, joined
     */
    record Event(boolean error, String data) {}

    EventStream(BufferedSource source) {
        this.source = source;
    }

    /**
     * The next event; empty at the end of the stream.
     *
     * @throws PluginFailure if an event is too long
     */
    Optional<Event> next() throws IOException {
        StringJoiner data = new StringJoiner("\n");
        boolean any = false;
        boolean error = false;
        for (String line = line(); line != null; line = line()) {
            if (line.isEmpty()) {
                if (any) {
                    return Optional.of(new Event(error, data.toString()));
                }
                error = false;
            }
            boolean failed = line.startsWith("error:");
            error |= failed || value(line).equals("error") && line.startsWith("event:");
            if (failed || line.startsWith("data:")) {
                data.add(value(line));
                any = true;
                if (data.length() > LONGEST) {
                    throw tooLong();
                }
            }
        }
        return any ? Optional.of(new Event(error, data.toString())) : Optional.empty();
    }

    /** What comes after a field's name. */
    private static String value(String line) {
        String value = line.substring(line.indexOf(':') + 1);
        return value.startsWith(" ") ? value.substring(1) : value;
    }

    private @Nullable String line() throws IOException {
        if (source.indexOf((byte) '\n', 0, LONGEST) < 0 && source.request(LONGEST)) {
            throw tooLong();
        }
        String line = source.readUtf8Line();
        if (begun || line == null) {
            return line;
        }
        begun = true;
        return line.startsWith(BYTE_ORDER_MARK) ? line.substring(BYTE_ORDER_MARK.length()) : line;
    }

    private static PluginFailure tooLong() {
        return new PluginFailure.Permanent(
                FailureCode.BAD_REPLY, "the far side sent an event of more than " + (LONGEST >> 20) + " MB");
    }
}
