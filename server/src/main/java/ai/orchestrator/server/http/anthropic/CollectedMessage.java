package ai.orchestrator.server.http.anthropic;

import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.ToolCall;
import ai.orchestrator.server.http.CallArguments;
import ai.orchestrator.server.http.Exchange;
import ai.orchestrator.server.http.JsonText;
import ai.orchestrator.server.http.RandomIds;
import ai.orchestrator.server.http.ReplyHeaders;
import ai.orchestrator.server.http.SourcesJson;
import ai.orchestrator.server.http.V1Json;
import ai.orchestrator.server.http.websearch.SearchOutcome;
import ai.orchestrator.server.http.websearch.SearchingSink;
import ai.orchestrator.server.orchestration.AnswerEnd;
import ai.orchestrator.server.orchestration.AnswerStart;
import ai.orchestrator.server.orchestration.ChatRequest;
import ai.orchestrator.server.orchestration.Source;
import ai.orchestrator.server.unicode.Surrogates;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An answer as one message. */
final class CollectedMessage implements SearchingSink {
    private final Exchange exchange;
    private final ChatRequest request;
    private final List<JsonText.Writing> blocks = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder thinking = new StringBuilder();
    private List<Source> sources = List.of();
    private String searchId = "";
    private int searches;
    private boolean called;
    private ModelEvent.@Nullable Finished finished;

    CollectedMessage(Exchange exchange, ChatRequest request) {
        this.exchange = exchange;
        this.request = request;
    }

    @Override
    public void start(AnswerStart start) {
        sources = start.sources();
        ReplyHeaders.add(exchange.response(), start);
    }

    @Override
    public void event(ModelEvent event) {
        exchange.requireClient();
        switch (event) {
            case ModelEvent.Text(String piece, var _) -> {
                closeThinking();
                text.append(piece);
            }
            case ModelEvent.Think(String piece) -> {
                closeText();
                thinking.append(piece);
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
    }

    @Override
    public void searching(String query) {
        closeText();
        closeThinking();
        searchId = RandomIds.hex("srvtoolu_");
        String id = searchId;
        blocks.add(json -> Blocks.serverToolUse(json, id, input -> input.writeStringField("query", query)));
    }

    @Override
    public void searched(String query, SearchOutcome outcome) {
        exchange.requireClient();
        searches += outcome instanceof SearchOutcome.Found ? 1 : 0;
        String id = searchId;
        blocks.add(json -> Blocks.searchResult(json, id, outcome));
    }

    @Override
    public void summary(String summary) {
        ReplyHeaders.addSearch(exchange.response(), summary);
    }

    @Override
    public void sources(List<Source> found) {
        sources = List.copyOf(found);
    }

    @Override
    public void end(AnswerEnd end) {
        closeText();
        closeThinking();
        ModelEvent.Finished last = Objects.requireNonNull(finished, "an answer ended before it was complete");
        ReplyHeaders.add(exchange.response(), end);
        V1Json.send(exchange, json -> write(json, last));
    }

    private void write(JsonGenerator json, ModelEvent.Finished last) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", RandomIds.hex("msg_"));
        json.writeStringField("type", "message");
        json.writeStringField("role", "assistant");
        json.writeStringField("model", request.model());
        json.writeArrayFieldStart("content");
        for (JsonText.Writing block : blocks) {
            block.to(json);
        }
        json.writeEndArray();
        Blocks.stop(json, last, called, request.options().stop());
        Blocks.usage(json, last.usage(), searches);
        SourcesJson.write(json, sources);
        json.writeEndObject();
    }

    private void call(ToolCall call) {
        closeText();
        closeThinking();
        called = true;
        ObjectNode input = CallArguments.of(call);
        String id = call.id().isEmpty() ? RandomIds.call() : call.id();
        blocks.add(json -> Blocks.toolUse(json, id, call.name(), input));
    }

    private void closeText() {
        if (!text.isEmpty()) {
            String whole = Surrogates.repair(text.toString());
            blocks.add(json -> Blocks.text(json, whole));
            text.setLength(0);
        }
    }

    private void closeThinking() {
        if (!thinking.isEmpty()) {
            String whole = Surrogates.repair(thinking.toString());
            blocks.add(json -> Blocks.thinking(json, whole));
            thinking.setLength(0);
        }
    }
}
