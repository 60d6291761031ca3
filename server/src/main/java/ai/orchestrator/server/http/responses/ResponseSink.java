package ai.orchestrator.server.http.responses;

import ai.orchestrator.plugin.model.FinishReason;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.TokenLogprob;
import ai.orchestrator.plugin.model.ToolCall;
import ai.orchestrator.server.http.Exchange;
import ai.orchestrator.server.http.HttpProblem;
import ai.orchestrator.server.http.ReplyHeaders;
import ai.orchestrator.server.http.ServerSentEvents;
import ai.orchestrator.server.http.V1Json;
import ai.orchestrator.server.http.websearch.SearchOutcome;
import ai.orchestrator.server.http.websearch.SearchingSink;
import ai.orchestrator.server.orchestration.AnswerEnd;
import ai.orchestrator.server.orchestration.AnswerStart;
import ai.orchestrator.server.orchestration.CacheStatus;
import ai.orchestrator.server.orchestration.Source;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An answer as a response, whole or as a stream of events. */
final class ResponseSink implements SearchingSink {
    private final Exchange exchange;
    private final ResponseWriter writer;
    private final boolean stream;
    private final boolean mayBuffer;
    private final Output output;
    private @Nullable ServerSentEvents wire;
    private List<Source> sources = List.of();
    private int sequence;
    private boolean ended;
    private ModelEvent.@Nullable Finished finished;

    ResponseSink(Exchange exchange, ResponseWriter writer, Tools tools, boolean stream) {
        this.exchange = exchange;
        this.writer = writer;
        this.stream = stream;
        // an answer that is there already may go out in few pieces, but not one whose next leg may take its time
        this.mayBuffer = tools.search().isEmpty();
        this.output = new Output(writer.number(), tools, stream ? this::send : ResponseEvents.NONE);
    }

    @Override
    public void start(AnswerStart start) {
        sources = start.sources();
        ReplyHeaders.add(exchange.response(), start);
        if (stream) {
            exchange.response().header(ServerSentEvents.TYPE);
            wire = new ServerSentEvents(exchange, !mayBuffer || start.cache() != CacheStatus.HIT);
            sendState("response.created", ResponseWriter.State.BEGUN);
            sendState("response.in_progress", ResponseWriter.State.BEGUN);
        }
    }

    @Override
    public void event(ModelEvent event) {
        requireClient();
        switch (event) {
            case ModelEvent.Text(String piece, List<TokenLogprob> logprobs) -> output.say(piece, logprobs);
            case ModelEvent.Think(String piece) -> output.think(piece);
            case ModelEvent.Call(ToolCall call) -> output.call(call);
            case ModelEvent.Finished last -> finished = last;
        }
    }

    @Override
    public void onLeave(Runnable action) {
        exchange.onLeave(action);
    }

    @Override
    public void idle() {
        exchange.requireClient();
        if (wire != null) {
            wire.comment();
        }
    }

    @Override
    public void searching(String query) {
        requireClient();
        output.searching(query);
    }

    @Override
    public void searched(String query, SearchOutcome outcome) {
        requireClient();
        output.searched(query, outcome);
    }

    @Override
    public void summary(String summary) {
        if (!stream) {
            ReplyHeaders.addSearch(exchange.response(), summary);
        }
    }

    @Override
    public void sources(List<Source> found) {
        sources = List.copyOf(found);
    }

    @Override
    public void end(AnswerEnd end) {
        ModelEvent.Finished last = Objects.requireNonNull(finished, "an answer ended before it was complete");
        ended = true;
        Optional<String> cut = cut(last.reason());
        ResponseWriter.State state = ResponseWriter.State.ended(cut, last.usage(), end.costUsd(), sources);
        output.end(state.status());
        if (stream) {
            sendState("response." + state.status(), state);
            wire().end();
        } else {
            ReplyHeaders.add(exchange.response(), end);
            V1Json.send(exchange, json -> writer.write(json, state, output.items()));
        }
    }

    /** Fails where the answer stopped without an end and without a failure. */
    void requireEnd() {
        if (!ended) {
            throw new IllegalStateException("an answer ended early and without a failure");
        }
    }

    /** Ends a stream that broke off. */
    void fail(HttpProblem problem) {
        String code = problem.status() == 429 ? "rate_limit_exceeded" : "server_error";
        sendState(
                "response.failed", ResponseWriter.State.failed(new ResponseWriter.Failure(code, problem.getMessage())));
        wire().end();
    }

    private void sendState(String type, ResponseWriter.State state) {
        send(type, json -> {
            json.writeFieldName("response");
            writer.write(json, state, output.items());
        });
    }

    private void send(String type, ResponseEvents.Members members) {
        int number = sequence++;
        wire().send(type, json -> {
            json.writeStartObject();
            json.writeStringField("type", type);
            json.writeNumberField("sequence_number", number);
            members.write(json);
            json.writeEndObject();
        });
    }

    /** A stream notices by itself, when it writes. */
    private void requireClient() {
        if (!stream) {
            exchange.requireClient();
        }
    }

    private ServerSentEvents wire() {
        return Objects.requireNonNull(wire, "an answer has to start first");
    }

    private static Optional<String> cut(FinishReason reason) {
        return switch (reason) {
            case STOP, TOOL_CALLS -> Optional.empty();
            case LENGTH -> Optional.of("max_output_tokens");
            case CONTENT_FILTER -> Optional.of("content_filter");
        };
    }
}
