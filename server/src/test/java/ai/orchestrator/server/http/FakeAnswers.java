package ai.orchestrator.server.http;

import ai.orchestrator.plugin.cache.CacheKey;
import ai.orchestrator.plugin.model.FinishReason;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.Usage;
import ai.orchestrator.server.orchestration.AnswerEnd;
import ai.orchestrator.server.orchestration.AnswerSink;
import ai.orchestrator.server.orchestration.AnswerStart;
import ai.orchestrator.server.orchestration.Answers;
import ai.orchestrator.server.orchestration.CacheStatus;
import ai.orchestrator.server.orchestration.ChatRequest;
import ai.orchestrator.server.orchestration.Source;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Answers every request by a script, and remembers the requests. */
public final class FakeAnswers implements Answers {
    /** What an answer took. */
    public static final Usage USAGE = new Usage(
            11,
            3,
            2,
            Duration.ofMillis(100),
            Duration.ofMillis(13),
            Duration.ofMillis(52),
            Optional.of(BigDecimal.ZERO),
            "");

    /** What an answer may cite. */
    public static final List<Source> SOURCES = List.of(
            new Source(1, "https://a.org/?x=1&y=2", "A \"quoted\" title"), new Source(2, "doc:b.md", "B \uD83D"));

    /** {@link #SOURCES} as replies have them. */
    public static final String SOURCES_JSON =
            "[{\"id\":1,\"title\":\"A \\\"quoted\\\" title\",\"url\":\"https://a.org/?x=1&y=2\"},"
                    + "{\"id\":2,\"title\":\"B \uFFFD\",\"url\":\"doc:b.md\"}]";

    /** What becomes of a request. */
    @FunctionalInterface
    public interface Script {
        void play(ChatRequest request, AnswerSink sink);
    }

    private final BlockingQueue<ChatRequest> requests = new LinkedBlockingQueue<>();
    private volatile Script script = says("Hi!");

    /** What becomes of the next requests. */
    public void script(Script next) {
        script = next;
    }

    /** The latest request. */
    public ChatRequest last() {
        return requests.stream().reduce((earlier, later) -> later).orElseThrow();
    }

    /** How many requests came. */
    public int count() {
        return requests.size();
    }

    @Override
    public void answer(ChatRequest request, AnswerSink sink) {
        requests.add(request);
        script.play(request, sink);
    }

    /** Answers afresh with these pieces of text. */
    public static Script says(String... pieces) {
        return events(
                start(CacheStatus.MISS),
                List.of(pieces).stream().<ModelEvent>map(ModelEvent.Text::new).toList());
    }

    /** Answers with a text that may cite {@link #SOURCES}, afresh or from the cache. */
    public static Script cites(CacheStatus status) {
        return events(start(status, SOURCES), List.of(new ModelEvent.Text("So it is [1].")));
    }

    /** Answers with these events and a regular end. */
    public static Script events(AnswerStart start, List<? extends ModelEvent> events) {
        return events(start, events, FinishReason.STOP);
    }

    /** Answers with these events and an end. */
    public static Script events(AnswerStart start, List<? extends ModelEvent> events, FinishReason reason) {
        return (request, sink) -> {
            sink.start(start);
            events.forEach(sink::event);
            sink.event(new ModelEvent.Finished(reason, USAGE));
            sink.end(new AnswerEnd(Optional.of(new BigDecimal("0.0012")), Duration.ofNanos(1_500_000)));
        };
    }

    /** Fails before anything is known. */
    public static Script fails(RuntimeException failure) {
        return (request, sink) -> {
            throw failure;
        };
    }

    /** Fails after the first piece. */
    public static Script breaksOff(RuntimeException failure) {
        return (request, sink) -> {
            sink.start(start(CacheStatus.MISS));
            sink.event(new ModelEvent.Text("Hi"));
            throw failure;
        };
    }

    /** What is known first of a fresh answer, or of a hit in memory. */
    public static AnswerStart start(CacheStatus status) {
        return start(status, List.of());
    }

    /** The same of an answer that was made with what a search found. */
    public static AnswerStart start(CacheStatus status, List<Source> sources) {
        boolean hit = status == CacheStatus.HIT;
        return new AnswerStart(
                status,
                hit ? Optional.of("memory") : Optional.empty(),
                hit ? Optional.of(Duration.ofSeconds(7)) : Optional.empty(),
                Optional.of(new CacheKey(1, 2)),
                "test:latest",
                Optional.empty(),
                "local",
                "",
                sources);
    }
}
