package ai.orchestrator.server.http.anthropic;

import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.ToolCall;
import ai.orchestrator.server.http.CallArguments;
import ai.orchestrator.server.http.Exchange;
import ai.orchestrator.server.http.JsonText;
import ai.orchestrator.server.http.RandomIds;
import ai.orchestrator.server.http.ReplyHeaders;
import ai.orchestrator.server.http.ServerSentEvents;
import ai.orchestrator.server.http.SourcesJson;
import ai.orchestrator.server.http.websearch.SearchOutcome;
import ai.orchestrator.server.http.websearch.SearchingSink;
import ai.orchestrator.server.orchestration.AnswerEnd;
import ai.orchestrator.server.orchestration.AnswerStart;
import ai.orchestrator.server.orchestration.CacheStatus;
import ai.orchestrator.server.orchestration.ChatRequest;
import ai.orchestrator.server.orchestration.Source;
import ai.orchestrator.server.unicode.Surrogates;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An answer as a stream of events. */
final class StreamedMessage implements SearchingSink {
    private final Exchange exchange;
    private final ChatRequest request;
    private final boolean mayBuffer;
    private @Nullable ServerSentEvents events;
    private Open open = Open.NOTHING;
    private int index;
    private List<Source> sources = List.of();
    private String searchId = "";
    private int searches;
    private boolean called;
    private boolean ended;
    private ModelEvent.@Nullable Finished finished;

    /** The block that has begun and not ended. */
    private enum Open {
        NOTHING,
        TEXT,
        THINKING
    }

    /** @param mayBuffer whether an answer that is there already may go out in few pieces */
    StreamedMessage(Exchange exchange, ChatRequest request, boolean mayBuffer) {
        this.exchange = exchange;
        this.request = request;
        this.mayBuffer = mayBuffer;
    }

    @Override
    public void start(AnswerStart start) {
        sources = start.sources();
        exchange.response().header(ServerSentEvents.TYPE);
        ReplyHeaders.add(exchange.response(), start);
        events = new ServerSentEvents(exchange, !mayBuffer || start.cache() != CacheStatus.HIT);
        send("message_start", json -> {
            json.writeObjectFieldStart("message");
            json.writeStringField("id", RandomIds.hex("msg_"));
            json.writeStringField("type", "message");
            json.writeStringField("role", "assistant");
            json.writeStringField("model", request.model());
            json.writeArrayFieldStart("content");
            json.writeEndArray();
            json.writeNullField("stop_reason");
            json.writeNullField("stop_sequence");
            Blocks.usage(json, PromptSize.tokens(request), 0, 0, 0);
            json.writeEndObject();
        });
    }

    @Override
    public void event(ModelEvent event) {
        switch (event) {
            case ModelEvent.Text(String piece, var _) -> {
                open(Open.TEXT, json -> Blocks.text(json, ""));
                delta("text_delta", "text", piece);
            }
            case ModelEvent.Think(String piece) -> {
                open(Open.THINKING, json -> Blocks.thinking(json, ""));
                delta("thinking_delta", "thinking", piece);
            }
            case ModelEvent.Call(ToolCall call) -> call(call);
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
        // before the start the status is still open, and a failure needs it
        if (events != null) {
            send("ping", json -> {});
        }
    }

    @Override
    public void searching(String query) {
        close();
        searchId = RandomIds.hex("srvtoolu_");
        begin(json -> Blocks.serverToolUse(json, searchId, input -> {}));
        delta("input_json_delta", "partial_json", query(query));
        stop();
    }

    @Override
    public void searched(String query, SearchOutcome outcome) {
        searches += outcome instanceof SearchOutcome.Found ? 1 : 0;
        begin(json -> Blocks.searchResult(json, searchId, outcome));
        stop();
    }

    @Override
    public void sources(List<Source> found) {
        sources = List.copyOf(found);
    }

    @Override
    public void end(AnswerEnd end) {
        ModelEvent.Finished last = Objects.requireNonNull(finished, "an answer ended before it was complete");
        ended = true;
        close();
        send("message_delta", json -> {
            json.writeObjectFieldStart("delta");
            Blocks.stop(json, last, called, request.options().stop());
            json.writeEndObject();
            Blocks.usage(json, last.usage(), searches);
            SourcesJson.write(json, sources);
        });
        send("message_stop", json -> {});
        events().end();
    }

    /** Fails where the answer stopped without an end and without a failure. */
    void requireEnd() {
        if (!ended) {
            throw new IllegalStateException("an answer ended early and without a failure");
        }
    }

    /** Ends a stream that broke off. */
    void fail(JsonText.Writing error) {
        events().send("error", error);
        events().end();
    }

    private void call(ToolCall call) {
        ObjectNode input = CallArguments.of(call);
        close();
        called = true;
        String id = call.id().isEmpty() ? RandomIds.call() : call.id();
        begin(json -> Blocks.toolUse(json, id, call.name(), input.objectNode()));
        delta("input_json_delta", "partial_json", input.toString());
        stop();
    }

    private void open(Open kind, JsonText.Writing block) {
        if (open != kind) {
            close();
            begin(block);
            open = kind;
        }
    }

    private void close() {
        if (open != Open.NOTHING) {
            open = Open.NOTHING;
            stop();
        }
    }

    private void begin(JsonText.Writing block) {
        send("content_block_start", json -> {
            json.writeNumberField("index", index);
            json.writeFieldName("content_block");
            block.to(json);
        });
    }

    private void delta(String type, String name, String piece) {
        send("content_block_delta", json -> {
            json.writeNumberField("index", index);
            json.writeObjectFieldStart("delta");
            json.writeStringField("type", type);
            json.writeStringField(name, Surrogates.repair(piece));
            json.writeEndObject();
        });
    }

    private void stop() {
        send("content_block_stop", json -> json.writeNumberField("index", index));
        index++;
    }

    /** Writes the members of an event. */
    @FunctionalInterface
    private interface Members {
        void write(JsonGenerator json) throws IOException;
    }

    private void send(String type, Members members) {
        events().send(type, json -> {
            json.writeStartObject();
            json.writeStringField("type", type);
            members.write(json);
            json.writeEndObject();
        });
    }

    private ServerSentEvents events() {
        return Objects.requireNonNull(events, "an answer has to start first");
    }

    private static String query(String query) {
        return new String(
                JsonText.of(json -> {
                    json.writeStartObject();
                    json.writeStringField("query", query);
                    json.writeEndObject();
                }),
                StandardCharsets.UTF_8);
    }
}
