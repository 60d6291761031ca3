package ai.orchestrator.server.keys;

import ai.orchestrator.server.harness.Ask;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple4;

/** Generates asks: plain questions, which every surface can put, and conversations with all that a chat can hold. */
final class Asks {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Asks() {}

    /** All kinds. */
    static Arbitrary<Ask> any() {
        return Arbitraries.frequencyOf(Tuple.of(1, questions()), Tuple.of(2, conversations()));
    }

    /** One user message, and options that every surface has. */
    static Arbitrary<Ask> questions() {
        return Combinators.combine(texts(), sampling()).as((text, any) -> {
            Ask plain = Ask.question(text);
            Ask.Sampling sampling = plain.sampling();
            return plain.withSampling(new Ask.Sampling(
                    any.temperature(),
                    sampling.topP(),
                    any.maxTokens(),
                    sampling.stop(),
                    sampling.seed(),
                    sampling.topK(),
                    sampling.presencePenalty(),
                    sampling.frequencyPenalty()));
        });
    }

    /** Anything. */
    static Arbitrary<Ask> conversations() {
        Arbitrary<String> system = Arbitraries.oneOf(Arbitraries.just(""), texts());
        Arbitrary<List<Ask.Tool>> tools = tools().list()
                .ofMaxSize(2)
                .filter(list -> list.stream().map(Ask.Tool::name).distinct().count() == list.size());
        Arbitrary<Tuple4<Optional<JsonNode>, String, Optional<Integer>, Map<String, JsonNode>>> rest =
                Combinators.combine(
                                schemas().<JsonNode>map(schema -> schema).optional(0.3),
                                Arbitraries.of("", "off", "on", "low", "medium", "high"),
                                Arbitraries.integers().between(0, 5).optional(0.2),
                                Arbitraries.maps(Arbitraries.of("novel", "new_in_2027"), values())
                                        .ofMaxSize(1))
                        .as(Tuple::of);
        return Combinators.combine(
                        system,
                        turns(),
                        sampling(),
                        tools,
                        Arbitraries.integers().between(0, 9),
                        rest)
                .as((before, turns, sampling, offered, choice, more) -> new Ask(
                        "local",
                        before,
                        turns,
                        sampling,
                        more.get1(),
                        offered,
                        choice(choice, offered),
                        more.get2(),
                        more.get3(),
                        new TreeMap<>(more.get4())));
    }

    /** One that has a bit of everything that can be changed. */
    static Ask rich() {
        ObjectNode schema = NODES.objectNode().put("type", "object");
        List<Ask.Turn> turns = new ArrayList<>(List.of(new Ask.Turn.User("Where?", List.of(new Ask.Picture("AQID")))));
        turns.addAll(calls("I look.", List.of(NODES.textNode("Oslo")), "there"));
        turns.add(new Ask.Turn.User("And then?", List.of()));
        return Ask.question("")
                .withTurns(turns)
                .withSystem("Be nice.")
                .withSchema(schema)
                .withTools(List.of(new Ask.Tool("look", "Looks.", schema), new Ask.Tool("write", "", schema)), "auto");
    }

    private static String choice(int number, List<Ask.Tool> tools) {
        if (tools.isEmpty() || number > 3) {
            return "auto";
        }
        return List.of("none", "required", tools.getFirst().name(), "auto").get(number);
    }

    /** Short texts in which a surface could stumble over something. */
    static Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                        "Why?",
                        "Grüße aus Köln",
                        "\u00e9 is not e\u0301",
                        "日本語 and 🙂",
                        "line\nline\ttab \"quoted\" \\ back",
                        "{\"a\":1}",
                        "İstanbul ı"),
                Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(12));
    }

    private static Arbitrary<List<Ask.Turn>> turns() {
        Arbitrary<Ask.Picture> pictures = Arbitraries.bytes()
                .array(byte[].class)
                .ofMinSize(1)
                .ofMaxSize(8)
                .map(bytes -> new Ask.Picture(Base64.getEncoder().encodeToString(bytes)));
        Arbitrary<Ask.Turn> user =
                Combinators.combine(texts(), pictures.list().ofMaxSize(1)).as(Ask.Turn.User::new);
        Arbitrary<List<Ask.Turn>> said = Combinators.combine(texts(), Arbitraries.oneOf(Arbitraries.just(""), texts()))
                .as((text, thinking) -> List.of(new Ask.Turn.Assistant(text, thinking, List.of())));
        Arbitrary<List<Ask.Turn>> called = Combinators.combine(
                        texts(), values().list().ofMinSize(1).ofMaxSize(2), texts())
                .as(Asks::calls);
        Arbitrary<List<Ask.Turn>> middle = Arbitraries.oneOf(said, called);
        return Combinators.combine(user, middle.optional(0.6), user).as((first, between, last) -> {
            List<Ask.Turn> turns = new ArrayList<>();
            between.ifPresent(some -> {
                turns.add(first);
                turns.addAll(some);
            });
            turns.add(last);
            return turns;
        });
    }

    /** The assistant calls a tool so often, and gets the results. */
    private static List<Ask.Turn> calls(String text, List<JsonNode> arguments, String result) {
        List<Ask.Call> calls = new ArrayList<>();
        List<Ask.Turn> turns = new ArrayList<>();
        for (JsonNode argument : arguments) {
            ObjectNode members = NODES.objectNode();
            members.set("value", argument);
            calls.add(new Ask.Call("call_" + calls.size(), "look", members.put("z", 1)));
        }
        turns.add(new Ask.Turn.Assistant(text, "", calls));
        for (int i = 0; i < calls.size(); i++) {
            turns.add(new Ask.Turn.Result(i, result + i));
        }
        return turns;
    }

    private static Arbitrary<Ask.Sampling> sampling() {
        return Combinators.combine(
                        Arbitraries.of(0.0, 0.1, 0.7, 0.8, 1.0, 1.5),
                        Arbitraries.of(0.5, 0.9, 1.0),
                        Arbitraries.integers().between(1, 4096),
                        texts().list().uniqueElements().ofMaxSize(2),
                        Arbitraries.longs().between(0, Integer.MAX_VALUE).optional(0.4),
                        Arbitraries.integers().between(1, 100).optional(0.2),
                        Arbitraries.of(0.5, -0.5).optional(0.2),
                        Arbitraries.of(0.5, -0.5).optional(0.2))
                .as(Ask.Sampling::new);
    }

    private static Arbitrary<Ask.Tool> tools() {
        return Combinators.combine(
                        Arbitraries.of("look", "write", "search_it"),
                        Arbitraries.oneOf(Arbitraries.just(""), texts()),
                        schemas())
                .as(Ask.Tool::new);
    }

    private static Arbitrary<ObjectNode> schemas() {
        return Combinators.combine(Arbitraries.of("city", "ключ", "a b"), values())
                .as((name, value) -> {
                    ObjectNode schema = NODES.objectNode().put("type", "object");
                    schema.putObject("properties")
                            .putObject(name)
                            .put("type", "string")
                            .set("default", value);
                    schema.putArray("required").add(name);
                    return schema;
                });
    }

    /** Values of all kinds but null, which is the same as nothing in some places. */
    static Arbitrary<JsonNode> values() {
        return Arbitraries.oneOf(
                texts().map(NODES::textNode),
                Arbitraries.of(true, false).map(NODES::booleanNode),
                Arbitraries.integers().map(NODES::numberNode),
                Arbitraries.of(0.5, 1.25, -3.75, 1e21).map(NODES::numberNode),
                texts().map(text -> NODES.objectNode().put("b", 2).put("a", text)),
                texts().map(text -> NODES.arrayNode().add(1).add(text)));
    }
}
