package ai.orchestrator.server.http.openai;

import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.TokenLogprob;
import ai.orchestrator.plugin.model.ToolCall;
import ai.orchestrator.plugin.model.Usage;
import ai.orchestrator.server.http.Exchange;
import ai.orchestrator.server.http.HttpProblem;
import ai.orchestrator.server.http.ReplyHeaders;
import ai.orchestrator.server.http.ServerSentEvents;
import ai.orchestrator.server.orchestration.AnswerEnd;
import ai.orchestrator.server.orchestration.AnswerSink;
import ai.orchestrator.server.orchestration.AnswerStart;
import ai.orchestrator.server.orchestration.CacheStatus;
import ai.orchestrator.server.orchestration.Source;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An answer as a stream of server-sent events. */
final class StreamedReply implements AnswerSink {
    /** What says that a stream is whole. */
    static final String DONE = "[DONE]";

    private final Exchange exchange;
    private final ReplyWriter writer;
    private final boolean includeUsage;
    private @Nullable ServerSentEvents events;
    private @Nullable Usage usage;
    private List<Source> sources = List.of();
    private boolean first = true;
    private boolean ended;
    private int calls;

    StreamedReply(Exchange exchange, ReplyWriter writer, boolean includeUsage) {
        this.exchange = exchange;
        this.writer = writer;
        this.includeUsage = includeUsage;
    }

    @Override
    public void start(AnswerStart start) {
        events = new ServerSentEvents(exchange, start.cache() != CacheStatus.HIT);
        sources = start.sources();
        exchange.response().header(ServerSentEvents.TYPE);
        ReplyHeaders.add(exchange.response(), start);
    }

    @Override
    public void event(ModelEvent event) {
        switch (event) {
            case ModelEvent.Text(String text, List<TokenLogprob> logprobs) -> piece(Piece.ofText(text, logprobs));
            case ModelEvent.Think(String text) -> piece(Piece.ofThinking(text));
            case ModelEvent.Call(ToolCall call) -> piece(Piece.ofCall(call, calls++));
            case ModelEvent.Finished finished -> {
                if (first) {
                    // an answer of nothing is still by the assistant
                    piece(Piece.NONE);
                }
                usage = finished.usage();
                String reason = ReplyWriter.reason(finished.reason(), calls > 0);
                begun().send(json -> writer.last(json, reason, sources));
            }
        }
    }

    @Override
    public void onLeave(Runnable action) {
        exchange.onLeave(action);
    }

    @Override
    public void idle() {
        exchange.requireClient();
        // before the start the status is still open, and a failure needs it
        if (events != null) {
            events.comment();
        }
    }

    @Override
    public void end(AnswerEnd end) {
        ended = true;
        if (includeUsage) {
            Usage used = Objects.requireNonNull(usage, "an answer ended before it was complete");
            begun().send(json -> writer.usage(json, used, end.costUsd()));
        }
        begun().sendText(DONE);
        begun().end();
    }

    /** Fails where the answer stopped without an end and without a failure. */
    void requireEnd() {
        if (!ended) {
            throw new IllegalStateException("an answer ended early and without a failure");
        }
    }

    /** Ends a stream that broke off: with what went wrong, and so that no client takes it for whole. */
    void fail(HttpProblem problem) {
        begun().send(json -> OpenAiErrors.write(json, problem));
        begun().end();
    }

    private void piece(Piece piece) {
        boolean beginning = first;
        first = false;
        begun().send(json -> writer.piece(json, piece, beginning));
    }

    private ServerSentEvents begun() {
        return Objects.requireNonNull(events, "an answer went on before it was begun");
    }
}
