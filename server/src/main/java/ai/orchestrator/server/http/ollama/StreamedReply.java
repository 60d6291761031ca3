package ai.orchestrator.server.http.ollama;

import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.RemoteOrigin;
import ai.orchestrator.plugin.model.TokenLogprob;
import ai.orchestrator.plugin.model.ToolCall;
import ai.orchestrator.server.http.Exchange;
import ai.orchestrator.server.http.HttpProblem;
import ai.orchestrator.server.http.JsonLines;
import ai.orchestrator.server.http.JsonText;
import ai.orchestrator.server.http.ReplyHeaders;
import ai.orchestrator.server.orchestration.AnswerEnd;
import ai.orchestrator.server.orchestration.AnswerSink;
import ai.orchestrator.server.orchestration.AnswerStart;
import ai.orchestrator.server.orchestration.CacheStatus;
import ai.orchestrator.server.orchestration.Source;
import java.util.List;
import java.util.Optional;

/** An answer as a stream of objects, one a line. */
final class StreamedReply implements AnswerSink {
    private final Exchange exchange;
    private final ReplyWriter writer;
    private final JsonLines lines;
    private final StringBuilder answer = new StringBuilder();
    private Optional<RemoteOrigin> remote = Optional.empty();
    private List<Source> sources = List.of();
    private boolean started;
    private boolean ended;
    private boolean replayed;
    private int calls;

    StreamedReply(Exchange exchange, ReplyWriter writer) {
        this.exchange = exchange;
        this.writer = writer;
        this.lines = new JsonLines(exchange);
    }

    @Override
    public void start(AnswerStart start) {
        started = true;
        remote = start.remote();
        sources = start.sources();
        replayed = start.cache() == CacheStatus.HIT;
        exchange.response().header(Exchange.NDJSON);
        ReplyHeaders.add(exchange.response(), start);
    }

    @Override
    public void event(ModelEvent event) {
        switch (event) {
            case ModelEvent.Text(String text, List<TokenLogprob> logprobs) -> {
                Piece piece = Piece.text(text, logprobs);
                answer.append(piece.text());
                line(json -> writer.piece(json, remote, piece));
            }
            case ModelEvent.Think(String text) -> {
                Piece piece = Piece.thinking(text);
                line(json -> writer.piece(json, remote, piece));
            }
            case ModelEvent.Call(ToolCall call) -> {
                Piece piece = Piece.call(call, calls++);
                line(json -> writer.piece(json, remote, piece));
            }
            case ModelEvent.Finished finished ->
                line(json -> writer.last(
                        json, remote, Piece.NONE, finished, answer.toString(), sources, exchange.elapsed()));
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
        if (started) {
            lines.send(json -> writer.piece(json, remote, Piece.NONE));
        }
    }

    @Override
    public void end(AnswerEnd end) {
        ended = true;
        lines.end();
    }

    /** Fails where the answer stopped without an end and without a failure. */
    void requireEnd() {
        if (!ended) {
            throw new IllegalStateException("an answer ended early and without a failure");
        }
    }

    /** Ends a stream that broke off. */
    void fail(HttpProblem problem) {
        lines.send(json -> {
            json.writeStartObject();
            json.writeStringField("error", problem.getMessage());
            json.writeEndObject();
        });
        lines.end();
    }

    private void line(JsonText.Writing writing) {
        if (replayed) {
            lines.buffer(writing);
        } else {
            lines.send(writing);
        }
    }
}
