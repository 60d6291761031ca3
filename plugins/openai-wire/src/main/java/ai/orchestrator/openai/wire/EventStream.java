package ai.orchestrator.openai.wire;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import java.io.IOException;
import java.util.Optional;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * Reads the data of server-sent events. Comments and fields other than {@code data} are passed over; lines may end in {@code \n} or
 * {@code \r\n}; an event that the end of the stream cuts short counts, since some servers leave the last empty line out.
 */
final class EventStream {
    /** The longest event in bytes; the largest real ones carry an image or a whole tool call. */
    static final long LONGEST = 16L << 20;

    private final BufferedSource source;

    EventStream(BufferedSource source) {
        this.source = source;
    }

    /**
     * The next event's data, its lines joined; empty at the end of the stream.
     *
     * @throws PluginFailure if an event is too long
     */
    Optional<String> next() throws IOException {
        StringBuilder data = new StringBuilder();
        boolean any = false;
        for (String line = line(); line != null; line = line()) {
            if (line.isEmpty() && any) {
                return Optional.of(data.toString());
            }
            if (line.startsWith("data:")) {
                if (any) {
                    data.append('\n');
                }
                data.append(line, line.startsWith("data: ") ? 6 : 5, line.length());
                any = true;
                if (data.length() > LONGEST) {
                    throw tooLong();
                }
            }
        }
        return any ? Optional.of(data.toString()) : Optional.empty();
    }

    private @Nullable String line() throws IOException {
        if (source.indexOf((byte) '\n', 0, LONGEST) < 0 && source.request(LONGEST)) {
            throw tooLong();
        }
        return source.readUtf8Line();
    }

    private static PluginFailure tooLong() {
        return new PluginFailure.Permanent(
                FailureCode.BAD_REPLY, "the far side sent an event of more than " + (LONGEST >> 20) + " MB");
    }
}
