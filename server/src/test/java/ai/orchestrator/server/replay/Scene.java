package ai.orchestrator.server.replay;

import ai.orchestrator.plugin.model.FinishReason;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.TokenLogprob;
import ai.orchestrator.plugin.model.ToolCall;
import ai.orchestrator.plugin.model.Usage;
import ai.orchestrator.server.harness.Ask;
import ai.orchestrator.server.harness.ScriptedModels;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Something that is asked, and what the model answers.
 *
 * @param streamsAlike whether a replay has the pieces that came from the model; short ones that follow each other are joined
 */
record Scene(String name, Ask ask, List<ModelEvent> events, ModelEvent.Finished end, boolean streamsAlike) {
    /** Too long to be joined to another. */
    private static final String LONG = "This is a piece of an answer that is so long that it stays alone. ";

    private static final Usage PAID = new Usage(
            21,
            8,
            5,
            Duration.ofMillis(300),
            Duration.ofMillis(20),
            Duration.ofSeconds(2),
            Optional.of(new BigDecimal("0.0012")),
            "far/better-model");

    private static final Usage TELLS_LITTLE =
            new Usage(7, 0, 3, Duration.ZERO, Duration.ZERO, Duration.ZERO, Optional.empty(), "");

    /** All of them. */
    static List<Scene> all() {
        return List.of(
                of("text", asking(), List.of(text(LONG), text("Short.")), stop(PAID)),
                of("one piece", asking(), List.of(text("Yes.")), stop(TELLS_LITTLE)),
                new Scene(
                        "unicode",
                        asking(),
                        List.of(
                                text("Grü"),
                                text("ße "),
                                text("👩"),
                                text("\u200d🚀"),
                                text("e"),
                                text("\u0301"),
                                text("日本"),
                                text("語\n")),
                        stop(PAID),
                        false),
                of("thinking", asking(), List.of(think(LONG), think("Hm."), text(LONG), text("So.")), stop(PAID)),
                of("thinking alone", asking(), List.of(think(LONG)), end(FinishReason.LENGTH)),
                of(
                        "calls",
                        withTool(),
                        List.of(text("I look."), call("call_a", "Oslo"), call("call_b", "Rome")),
                        end(FinishReason.TOOL_CALLS)),
                of(
                        "calls and thinking",
                        withTool(),
                        List.of(think("Hm."), call("call_a", "Oslo")),
                        end(FinishReason.TOOL_CALLS)),
                of("cut", asking(), List.of(text("And so")), end(FinishReason.LENGTH)),
                of(
                        "stopped",
                        asking().withStop("END", "."),
                        List.of(text("And so")),
                        new ModelEvent.Finished(FinishReason.STOP, PAID, "END")),
                of("logprobs", asking().withLogprobs(1), List.of(token("Yes"), token(" 🙂")), stop(PAID)),
                of("elsewhere", asking().withModel("far"), List.of(text("From afar.")), stop(PAID)));
    }

    /** Has a model answer so. */
    ScriptedModels.Script script() {
        return ScriptedModels.plays(events, end);
    }

    @Override
    public String toString() {
        return name;
    }

    private static Scene of(String name, Ask ask, List<ModelEvent> events, ModelEvent.Finished end) {
        return new Scene(name, ask, events, end, true);
    }

    private static Ask asking() {
        return Ask.question("Is it so?");
    }

    private static Ask withTool() {
        return asking().withTools(
                        List.of(new Ask.Tool(
                                "weather",
                                "Tells it.",
                                JsonNodeFactory.instance.objectNode().put("type", "object"))),
                        "auto");
    }

    private static ModelEvent text(String text) {
        return new ModelEvent.Text(text);
    }

    private static ModelEvent think(String text) {
        return new ModelEvent.Think(text);
    }

    private static ModelEvent call(String id, String city) {
        return new ModelEvent.Call(new ToolCall(id, "weather", "{\"city\":\"" + city + "\",\"days\":2}"));
    }

    private static ModelEvent token(String text) {
        List<Integer> bytes = text.codePoints().map(c -> c & 0xff).boxed().toList();
        return new ModelEvent.Text(
                text,
                List.of(new TokenLogprob(
                        text, -0.25, bytes, List.of(new TokenLogprob.Alternative("No", -1.5, List.of(78, 111))))));
    }

    private static ModelEvent.Finished stop(Usage usage) {
        return new ModelEvent.Finished(FinishReason.STOP, usage);
    }

    private static ModelEvent.Finished end(FinishReason reason) {
        return new ModelEvent.Finished(reason, PAID);
    }
}
