package ai.orchestrator.server.http;

import ai.orchestrator.plugin.model.FinishReason;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.ToolCall;
import ai.orchestrator.server.orchestration.CacheStatus;
import ai.orchestrator.server.orchestration.ChatRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Answers the requests that one client's request leads to, each by its own script, and remembers them. */
public final class Legs {
    /** What was asked, in order. */
    public final List<ChatRequest> requests = new ArrayList<>();

    private final Queue<FakeAnswers.Script> scripts = new ConcurrentLinkedQueue<>();

    /** Has {@code answers} play these, one after the other. */
    public static Legs on(FakeAnswers answers, FakeAnswers.Script... scripts) {
        Legs legs = new Legs();
        legs.scripts.addAll(List.of(scripts));
        answers.script((request, sink) -> {
            legs.requests.add(request);
            legs.scripts.remove().play(request, sink);
        });
        return legs;
    }

    /** The model says something, and searches. */
    public static FakeAnswers.Script searches(String text, String... queries) {
        List<ModelEvent> events = new ArrayList<>();
        if (!text.isEmpty()) {
            events.add(new ModelEvent.Text(text));
        }
        for (String query : queries) {
            events.add(new ModelEvent.Call(new ToolCall("", "web_search", "{\"query\":\"" + query + "\"}")));
        }
        return FakeAnswers.events(FakeAnswers.start(CacheStatus.MISS), events, FinishReason.TOOL_CALLS);
    }

    /** The model calls something. */
    public static FakeAnswers.Script calls(ToolCall... calls) {
        List<ModelEvent> events =
                List.of(calls).stream().<ModelEvent>map(ModelEvent.Call::new).toList();
        return FakeAnswers.events(FakeAnswers.start(CacheStatus.MISS), events, FinishReason.TOOL_CALLS);
    }
}
