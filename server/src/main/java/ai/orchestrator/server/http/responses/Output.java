package ai.orchestrator.server.http.responses;

import ai.orchestrator.plugin.model.TokenLogprob;
import ai.orchestrator.plugin.model.ToolCall;
import ai.orchestrator.server.http.CallArguments;
import ai.orchestrator.server.http.RandomIds;
import ai.orchestrator.server.http.openai.LogprobWriter;
import ai.orchestrator.server.http.websearch.SearchOutcome;
import ai.orchestrator.server.orchestration.WebSearch;
import ai.orchestrator.server.unicode.Surrogates;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The items of a response in the making. Each step is told as events, and the whole is there at the end. */
final class Output {
    static final String COMPLETED = "completed";
    static final String IN_PROGRESS = "in_progress";

    private final String number;
    private final Tools tools;
    private final ResponseEvents events;
    private final List<OutputItem> items = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final List<TokenLogprob> logprobs = new ArrayList<>();
    private Open open = Open.NOTHING;
    private String id = "";
    private int searches;

    /** What has begun and not ended. */
    private enum Open {
        NOTHING,
        REASONING,
        MESSAGE
    }

    /** @param number what the names of searches begin with */
    Output(String number, Tools tools, ResponseEvents events) {
        this.number = number;
        this.tools = tools;
        this.events = events;
    }

    /** All items that have ended. */
    List<OutputItem> items() {
        return items;
    }

    void think(String piece) {
        if (open != Open.REASONING) {
            close(COMPLETED);
            begin(Open.REASONING, "rs_");
            added(new OutputItem.Reasoning(id, ""));
            send("response.reasoning_summary_part.added", json -> summaryPart(json, ""));
        }
        String whole = Surrogates.repair(piece);
        text.append(whole);
        send("response.reasoning_summary_text.delta", json -> {
            json.writeNumberField("summary_index", 0);
            json.writeStringField("delta", whole);
        });
    }

    void say(String piece, List<TokenLogprob> tokens) {
        openMessage();
        String whole = Surrogates.repair(piece);
        text.append(whole);
        logprobs.addAll(tokens);
        send("response.output_text.delta", json -> {
            json.writeNumberField("content_index", 0);
            json.writeStringField("delta", whole);
            json.writeFieldName("logprobs");
            LogprobWriter.objects(json, tokens);
        });
    }

    void call(ToolCall call) {
        String arguments = CallArguments.of(call).toString();
        close(COMPLETED);
        id = "fc_" + RandomIds.number();
        String callId = call.id().isEmpty() ? RandomIds.call() : call.id();
        ToolName name = tools.name(call.name());
        added(new OutputItem.FunctionCall(id, IN_PROGRESS, callId, name, ""));
        send("response.function_call_arguments.delta", json -> json.writeStringField("delta", arguments));
        send("response.function_call_arguments.done", json -> {
            json.writeStringField("name", name.name());
            json.writeStringField("arguments", arguments);
        });
        done(new OutputItem.FunctionCall(id, COMPLETED, callId, name, arguments));
    }

    void searching(String query) {
        close(COMPLETED);
        id = "ws_" + number + "_" + searches++;
        added(new OutputItem.SearchCall(id, IN_PROGRESS, query, List.of()));
        send("response.web_search_call.in_progress", json -> {});
        send("response.web_search_call.searching", json -> {});
    }

    void searched(String query, SearchOutcome outcome) {
        switch (outcome) {
            case SearchOutcome.Found(List<WebSearch.Result> results) -> {
                send("response.web_search_call.completed", json -> {});
                List<String> sources =
                        results.stream().map(WebSearch.Result::url).toList();
                done(new OutputItem.SearchCall(id, COMPLETED, query, sources));
            }
            case SearchOutcome.Failed ignored -> done(new OutputItem.SearchCall(id, "failed", query, List.of()));
        }
    }

    /** Ends the whole; an answer of nothing is a message without text. */
    void end(String status) {
        if (items.isEmpty() && open == Open.NOTHING) {
            openMessage();
        }
        close(status);
    }

    private void openMessage() {
        if (open != Open.MESSAGE) {
            close(COMPLETED);
            begin(Open.MESSAGE, "msg_");
            added(new OutputItem.Text(id, IN_PROGRESS, List.of()));
            send("response.content_part.added", json -> part(json, new OutputItem.Part("", List.of())));
        }
    }

    private void close(String status) {
        Open ending = open;
        open = Open.NOTHING;
        String whole = text.toString();
        switch (ending) {
            case NOTHING -> {}
            case REASONING -> {
                send("response.reasoning_summary_text.done", json -> {
                    json.writeNumberField("summary_index", 0);
                    json.writeStringField("text", whole);
                });
                send("response.reasoning_summary_part.done", json -> summaryPart(json, whole));
                done(new OutputItem.Reasoning(id, whole));
            }
            case MESSAGE -> {
                OutputItem.Part part = new OutputItem.Part(whole, List.copyOf(logprobs));
                send("response.output_text.done", json -> {
                    json.writeNumberField("content_index", 0);
                    json.writeStringField("text", whole);
                    json.writeFieldName("logprobs");
                    LogprobWriter.objects(json, part.logprobs());
                });
                send("response.content_part.done", json -> part(json, part));
                done(new OutputItem.Text(id, status, List.of(part)));
            }
        }
    }

    private void begin(Open kind, String prefix) {
        open = kind;
        id = prefix + RandomIds.number();
        text.setLength(0);
        logprobs.clear();
    }

    private void added(OutputItem item) {
        item("response.output_item.added", item);
    }

    private void done(OutputItem item) {
        item("response.output_item.done", item);
        items.add(item);
    }

    private void item(String type, OutputItem item) {
        events.send(type, json -> {
            json.writeNumberField("output_index", items.size());
            json.writeFieldName("item");
            item.write(json);
        });
    }

    private void send(String type, ResponseEvents.Members members) {
        events.send(type, json -> {
            json.writeStringField("item_id", id);
            json.writeNumberField("output_index", items.size());
            members.write(json);
        });
    }

    private static void part(JsonGenerator json, OutputItem.Part part) throws IOException {
        json.writeNumberField("content_index", 0);
        json.writeFieldName("part");
        part.write(json);
    }

    private static void summaryPart(JsonGenerator json, String text) throws IOException {
        json.writeNumberField("summary_index", 0);
        json.writeFieldName("part");
        OutputItem.Reasoning.summary(json, text);
    }
}
