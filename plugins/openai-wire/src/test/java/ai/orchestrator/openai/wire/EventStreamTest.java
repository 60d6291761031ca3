package ai.orchestrator.openai.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import okio.Buffer;
import okio.ForwardingSource;
import okio.Okio;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventStreamTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 50})
    void passesCommentsOver(int comments) throws IOException {
        String stream = ": OPENROUTER PROCESSING\n\n".repeat(comments) + "data: a\n\n: again\n\ndata: b\n\n";
        assertThat(read(stream, 1_000)).containsExactly("a", "b");
    }

    @Test
    void takesBothLineEndingsAndBothSpacings() throws IOException {
        assertThat(read("data:a\r\n\r\ndata: b\n\ndata:  c\r\n\n", 1_000)).containsExactly("a", "b", " c");
    }

    @Test
    void joinsTheLinesOfAnEvent() throws IOException {
        assertThat(read("data: {\ndata: \"a\":1}\n\n", 1_000)).containsExactly("{\n\"a\":1}");
    }

    @Test
    void passesOtherFieldsOver() throws IOException {
        assertThat(read("event: x\nid: 7\nretry: 1\ndata: a\n\nevent: y\n\n", 1_000))
                .containsExactly("a");
    }

    @Test
    void countsAnEventThatTheEndCutsShort() throws IOException {
        assertThat(read("data: a\n\ndata: [DONE]", 1_000)).containsExactly("a", "[DONE]");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void doesNotMindWhereTheBytesAreSplit(int size) throws IOException {
        assertThat(read("data: Grüße 🚀\r\n\r\n: ü\r\ndata: ß\r\n\r\n", size)).containsExactly("Grüße 🚀", "ß");
    }

    @Test
    void refusesALineWithoutEnd() {
        Buffer endless = new Buffer();
        EventStream stream = new EventStream(Okio.buffer(new ForwardingSource(endless) {
            @Override
            public long read(Buffer sink, long count) {
                sink.writeUtf8("data".repeat(2_000));
                return 8_000;
            }
        }));
        assertThatThrownBy(stream::next)
                .isInstanceOfSatisfying(PluginFailure.Permanent.class, failure -> assertThat(failure.code())
                        .isEqualTo(FailureCode.BAD_REPLY));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1_000})
    void passesAByteOrderMarkOver(int size) throws IOException {
        assertThat(read("\uFEFFdata: a\n\ndata: \uFEFFb\n\n", size)).containsExactly("a", "\uFEFFb");
    }

    @ParameterizedTest
    @ValueSource(strings = {"event: error\ndata: {}\n\n", "data:{}\r\nevent:error\r\n\r\n", "error: {}\n\n"})
    void tellsAnEventThatIsAnError(String event) throws IOException {
        EventStream stream =
                new EventStream(new Buffer().writeUtf8("event: error\n\ndata: a\n\n" + event + "data: b\n\n"));
        assertThat(stream.next()).contains(new EventStream.Event(false, "a"));
        assertThat(stream.next()).contains(new EventStream.Event(true, "{}"));
        assertThat(stream.next()).contains(new EventStream.Event(false, "b"));
    }

    private static List<String> read(String text, int pieceSize) throws IOException {
        EventStream stream = new EventStream(Okio.buffer(new ForwardingSource(new Buffer().writeUtf8(text)) {
            @Override
            public long read(Buffer sink, long count) throws IOException {
                return super.read(sink, Math.min(count, pieceSize));
            }
        }));
        List<String> events = new ArrayList<>();
        for (Optional<EventStream.Event> event = stream.next(); event.isPresent(); event = stream.next()) {
            events.add(event.get().data());
        }
        return events;
    }
}
