package ai.orchestrator.server.keys;

import ai.orchestrator.server.harness.Ask;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Changes of an ask, after each of which the model could answer otherwise. One that does not apply leaves the ask as it is. */
final class Changes {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Changes() {}

    /** All of them by name. */
    static Map<String, UnaryOperator<Ask>> all() {
        Map<String, UnaryOperator<Ask>> changes = new LinkedHashMap<>();
        changes.put("model", ask -> ask.withModel("tuned"));
        changes.put("system added or changed", ask -> ask.withSystem(ask.system() + "Be brief."));
        changes.put("system removed", ask -> ask.withSystem(""));
        turns(changes);
        sampling(changes);
        changes.put("schema added or changed", ask -> ask.withSchema(schemaLike(ask)));
        tools(changes);
        changes.put("thinks hard", ask -> ask.withThink(ask.think().equals("high") ? "low" : "high"));
        changes.put("does not think", ask -> ask.think().equals("off") ? ask : ask.withThink("off"));
        changes.put(
                "logprobs",
                ask -> ask.withLogprobs(ask.logprobs().map(top -> top + 1).orElse(0)));
        changes.put("unknown member", ask -> {
            TreeMap<String, com.fasterxml.jackson.databind.JsonNode> more = new TreeMap<>(ask.unknown());
            more.put("another_novelty", NODES.booleanNode(false));
            return ask.withUnknown(more);
        });
        return changes;
    }

    private static void turns(Map<String, UnaryOperator<Ask>> changes) {
        changes.put("text of the last turn", ask -> ask.withTurn(ask.turns().size() - 1, Changes::longer));
        changes.put("text of the first turn", ask -> ask.withTurn(0, Changes::longer));
        changes.put(
                "letter case",
                ask -> ask.withTurn(
                        0,
                        turn -> turn instanceof Ask.Turn.User(String text, var pictures)
                                ? new Ask.Turn.User(swapped(text), pictures)
                                : turn));
        changes.put("turn added", ask -> {
            List<Ask.Turn> turns = new ArrayList<>(ask.turns());
            turns.addFirst(new Ask.Turn.Assistant("Hello.", "", List.of()));
            return ask.withTurns(turns);
        });
        changes.put(
                "role",
                ask -> ask.turns().size() == 1
                        ? ask.withTurns(List.of(new Ask.Turn.Assistant(
                                ask.onlyQuestion().orElseThrow().text(), "", List.of())))
                        : ask);
        changes.put("turns in another order", ask -> {
            boolean mere = ask.turns().stream().noneMatch(turn -> turn instanceof Ask.Turn.Result);
            return mere ? ask.withTurns(ask.turns().reversed()) : ask;
        });
        changes.put(
                "picture added",
                ask -> ask.withTurn(
                        0,
                        turn -> turn instanceof Ask.Turn.User(String text, var pictures)
                                ? new Ask.Turn.User(text, added(pictures))
                                : turn));
        changes.put(
                "picture changed",
                ask -> ask.withTurn(
                        0,
                        turn -> turn instanceof Ask.Turn.User(String text, var pictures)
                                ? new Ask.Turn.User(
                                        text,
                                        pictures.stream()
                                                .map(Changes::otherPicture)
                                                .toList())
                                : turn));
        eachAssistant(
                changes,
                "thinking",
                said -> new Ask.Turn.Assistant(said.text(), said.thinking() + "Hm.", said.calls()));
        eachAssistant(
                changes,
                "call's name",
                said -> new Ask.Turn.Assistant(
                        said.text(),
                        said.thinking(),
                        said.calls().stream()
                                .map(call -> new Ask.Call(call.id(), call.name() + "_up", call.arguments()))
                                .toList()));
        eachAssistant(
                changes,
                "call's id",
                said -> new Ask.Turn.Assistant(
                        said.text(),
                        said.thinking(),
                        said.calls().stream()
                                .map(call -> new Ask.Call(call.id() + "x", call.name(), call.arguments()))
                                .toList()));
        eachAssistant(
                changes,
                "call's arguments",
                said -> new Ask.Turn.Assistant(
                        said.text(),
                        said.thinking(),
                        said.calls().stream()
                                .map(call -> new Ask.Call(
                                        call.id(),
                                        call.name(),
                                        call.arguments().deepCopy().put("z", 2)))
                                .toList()));
        changes.put(
                "tool's result",
                ask -> ask.withTurns(ask.turns().stream()
                        .map(turn -> turn instanceof Ask.Turn.Result ? longer(turn) : turn)
                        .toList()));
    }

    private static void eachAssistant(
            Map<String, UnaryOperator<Ask>> changes, String name, UnaryOperator<Ask.Turn.Assistant> change) {
        changes.put(
                name,
                ask -> ask.withTurns(ask.turns().stream()
                        .map(turn -> turn instanceof Ask.Turn.Assistant said ? change.apply(said) : turn)
                        .toList()));
    }

    private static void sampling(Map<String, UnaryOperator<Ask>> changes) {
        changes.put(
                "temperature",
                ask -> sampled(
                        ask,
                        s -> new Ask.Sampling(
                                s.temperature() + 0.25,
                                s.topP(),
                                s.maxTokens(),
                                s.stop(),
                                s.seed(),
                                s.topK(),
                                s.presencePenalty(),
                                s.frequencyPenalty())));
        changes.put(
                "top_p",
                ask -> sampled(
                        ask,
                        s -> new Ask.Sampling(
                                s.temperature(),
                                s.topP() / 2,
                                s.maxTokens(),
                                s.stop(),
                                s.seed(),
                                s.topK(),
                                s.presencePenalty(),
                                s.frequencyPenalty())));
        changes.put(
                "most tokens",
                ask -> sampled(
                        ask,
                        s -> new Ask.Sampling(
                                s.temperature(),
                                s.topP(),
                                s.maxTokens() + 1,
                                s.stop(),
                                s.seed(),
                                s.topK(),
                                s.presencePenalty(),
                                s.frequencyPenalty())));
        changes.put(
                "stop",
                ask -> sampled(ask, s -> {
                    List<String> stop = new ArrayList<>(s.stop());
                    stop.add("###");
                    return new Ask.Sampling(
                            s.temperature(),
                            s.topP(),
                            s.maxTokens(),
                            stop,
                            s.seed(),
                            s.topK(),
                            s.presencePenalty(),
                            s.frequencyPenalty());
                }));
        changes.put(
                "seed",
                ask -> sampled(
                        ask,
                        s -> new Ask.Sampling(
                                s.temperature(),
                                s.topP(),
                                s.maxTokens(),
                                s.stop(),
                                Optional.of(s.seed().orElse(0L) + 1),
                                s.topK(),
                                s.presencePenalty(),
                                s.frequencyPenalty())));
        changes.put(
                "top_k",
                ask -> sampled(
                        ask,
                        s -> new Ask.Sampling(
                                s.temperature(),
                                s.topP(),
                                s.maxTokens(),
                                s.stop(),
                                s.seed(),
                                Optional.of(s.topK().orElse(40) + 1),
                                s.presencePenalty(),
                                s.frequencyPenalty())));
        changes.put(
                "presence penalty",
                ask -> sampled(
                        ask,
                        s -> new Ask.Sampling(
                                s.temperature(),
                                s.topP(),
                                s.maxTokens(),
                                s.stop(),
                                s.seed(),
                                s.topK(),
                                Optional.of(s.presencePenalty().orElse(0.0) + 0.25),
                                s.frequencyPenalty())));
        changes.put(
                "frequency penalty",
                ask -> sampled(
                        ask,
                        s -> new Ask.Sampling(
                                s.temperature(),
                                s.topP(),
                                s.maxTokens(),
                                s.stop(),
                                s.seed(),
                                s.topK(),
                                s.presencePenalty(),
                                Optional.of(s.frequencyPenalty().orElse(0.0) + 0.25))));
    }

    private static Ask sampled(Ask ask, UnaryOperator<Ask.Sampling> change) {
        return ask.withSampling(change.apply(ask.sampling()));
    }

    private static void tools(Map<String, UnaryOperator<Ask>> changes) {
        changes.put("tool added", ask -> {
            List<Ask.Tool> tools = new ArrayList<>(ask.tools());
            tools.add(new Ask.Tool("another", "", NODES.objectNode().put("type", "object")));
            return ask.withTools(tools, ask.choice());
        });
        changes.put(
                "tool's description",
                ask -> ask.withTools(
                        ask.tools().stream()
                                .map(tool -> new Ask.Tool(tool.name(), tool.description() + "!", tool.parameters()))
                                .toList(),
                        ask.choice()));
        changes.put(
                "tool's parameters",
                ask -> ask.withTools(
                        ask.tools().stream()
                                .map(tool -> new Ask.Tool(
                                        tool.name(),
                                        tool.description(),
                                        tool.parameters().deepCopy().put("title", "T")))
                                .toList(),
                        ask.choice()));
        changes.put("tools in another order", ask -> ask.withTools(ask.tools().reversed(), ask.choice()));
        changes.put("tool required", ask -> ask.tools().isEmpty() ? ask : ask.withTools(ask.tools(), "required"));
        changes.put("tool forbidden", ask -> ask.tools().isEmpty() ? ask : ask.withTools(ask.tools(), "none"));
    }

    private static Ask.Turn longer(Ask.Turn turn) {
        return switch (turn) {
            case Ask.Turn.User(String text, var pictures) -> new Ask.Turn.User(text + " ", pictures);
            case Ask.Turn.Assistant(String text, String thinking, var calls) ->
                new Ask.Turn.Assistant(text + " ", thinking, calls);
            case Ask.Turn.Result(int call, String text) -> new Ask.Turn.Result(call, text + " ");
        };
    }

    private static String swapped(String text) {
        int first = text.codePointAt(0);
        int other = Character.isUpperCase(first) ? Character.toLowerCase(first) : Character.toUpperCase(first);
        return Character.toString(other) + text.substring(Character.charCount(first));
    }

    private static List<Ask.Picture> added(List<Ask.Picture> pictures) {
        List<Ask.Picture> all = new ArrayList<>(pictures);
        all.add(new Ask.Picture("AQID"));
        return all;
    }

    private static Ask.Picture otherPicture(Ask.Picture picture) {
        byte[] bytes = Base64.getDecoder().decode(picture.base64());
        bytes[0] ^= 1;
        return new Ask.Picture(Base64.getEncoder().encodeToString(bytes));
    }

    private static ObjectNode schemaLike(Ask ask) {
        ObjectNode schema = ask.schema()
                .map(node -> (ObjectNode) node.deepCopy())
                .orElseGet(() -> NODES.objectNode().put("type", "object"));
        return schema.put("title", "T");
    }
}
