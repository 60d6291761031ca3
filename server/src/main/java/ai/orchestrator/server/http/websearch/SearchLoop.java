package ai.orchestrator.server.http.websearch;

import ai.orchestrator.plugin.model.FinishReason;
import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.ToolCall;
import ai.orchestrator.plugin.model.ToolChoice;
import ai.orchestrator.plugin.model.ToolDefinition;
import ai.orchestrator.server.orchestration.AnswerStart;
import ai.orchestrator.server.orchestration.Answers;
import ai.orchestrator.server.orchestration.ChatRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The legs of one answer: the model is asked, its searches are made, and it is asked again, until it answers. */
final class SearchLoop {
    private final Answers answers;
    private final Searches searches;
    private final ChatRequest request;
    private final SearchingSink sink;
    private final long deadlineNanos;
    private final Totals totals = new Totals();
    private int names;

    /** @param request asks in a conversation */
    SearchLoop(Answers answers, Searches searches, ChatRequest request, SearchingSink sink, long deadlineNanos) {
        this.answers = answers;
        this.searches = searches;
        this.request = request;
        this.sink = sink;
        this.deadlineNanos = deadlineNanos;
    }

    /** Has the model search when it wants to. Ends, since each leg but the last makes a search and their number is limited. */
    void run(ToolDefinition search) {
        List<Message> messages = new ArrayList<>(messages());
        List<ToolDefinition> tools = new ArrayList<>(request.tools());
        tools.add(search);
        Leg leg = ask(leg(messages, tools, request.toolChoice()), sink::start);
        while (!leg.searches().isEmpty() && !searches.over()) {
            List<ToolCall> asked = leg.searches().stream().map(this::named).toList();
            messages.add(leg.turn(asked));
            for (ToolCall call : asked) {
                String query = Searches.query(call);
                sink.searching(query);
                SearchOutcome outcome = searches.make(query);
                sink.searched(query, outcome);
                messages.add(
                        new Message("tool", searches.words(outcome), "", List.of(), List.of(), call.name(), call.id()));
            }
            ToolChoice choice = searches.over() ? new ToolChoice(ToolChoice.Mode.NONE, "") : ToolChoice.AUTO;
            leg = ask(leg(messages, tools, choice), start -> {});
        }
        end(leg);
    }

    /** Searches for the question, and has a model that calls nothing answer it with what was found. */
    void searchFirst() {
        String query = searches.question(request);
        SearchOutcome outcome = searches.make(query);
        String quoted = searches.quoted(outcome);
        List<Message> messages = quoted.isEmpty() ? messages() : beforeQuestion(messages(), quoted);
        end(ask(leg(messages, List.of(), ToolChoice.AUTO), start -> {
            sink.start(searches.summary().isEmpty() ? start : start.withSearch(searches.summary()));
            sink.searching(query);
            sink.searched(query, outcome);
        }));
    }

    private Leg ask(ChatRequest asked, Consumer<AnswerStart> onStart) {
        Leg leg = new Leg(sink, onStart, searches.text(request.format()), deadlineNanos);
        answers.answer(asked, leg);
        totals.add(leg);
        return leg;
    }

    private void end(Leg last) {
        last.others().forEach(call -> sink.event(new ModelEvent.Call(call)));
        FinishReason reason = last.finished().reason();
        boolean dropped = reason == FinishReason.TOOL_CALLS && last.others().isEmpty();
        sink.event(totals.finished(
                dropped ? FinishReason.STOP : reason, last.finished().stopText()));
        if (!searches.summary().isEmpty()) {
            sink.summary(searches.summary());
        }
        if (!searches.sources().isEmpty()) {
            sink.sources(searches.sources());
        }
        sink.end(totals.end());
    }

    /** The same searches have the same names each time, so that the next leg can be found in the cache. */
    private ToolCall named(ToolCall call) {
        names++;
        return call.id().isEmpty()
                ? new ToolCall("call_search" + (9 + names), call.name(), call.argumentsJson())
                : call;
    }

    private List<Message> messages() {
        if (request.prompt() instanceof Prompt.Chat(List<Message> messages)) {
            return messages;
        }
        throw new IllegalArgumentException("only a conversation can be searched for");
    }

    /** Found text is never in the system prompt, and the question comes after it. */
    private static List<Message> beforeQuestion(List<Message> messages, String text) {
        List<Message> all = new ArrayList<>(messages);
        for (int i = all.size() - 1; i >= 0; i--) {
            Message message = all.get(i);
            if (message.role().equals("user")) {
                all.set(i, message.withContent(text + "\n\nQuestion:\n" + message.content()));
                return all;
            }
        }
        return all;
    }

    private ChatRequest leg(List<Message> messages, List<ToolDefinition> tools, ToolChoice choice) {
        return new ChatRequest(
                request.requestId(),
                request.model(),
                new Prompt.Chat(messages),
                request.options(),
                request.format(),
                tools,
                choice,
                request.thinking(),
                request.topLogprobs(),
                request.overflow(),
                request.keepAlive(),
                request.extra(),
                request.cacheControl(),
                request.caller(),
                request.stream());
    }
}
