package ai.orchestrator.server.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * What somebody wants of a model, in no surface's spelling.
 *
 * @param system empty for none
 * @param choice {@code auto}, {@code none}, {@code required}, or the name of a tool
 * @param think {@code off}, {@code on}, a degree, or empty where nothing is said
 * @param unknown members that no surface knows
 */
public record Ask(
        String model,
        String system,
        List<Turn> turns,
        Sampling sampling,
        Optional<JsonNode> schema,
        List<Tool> tools,
        String choice,
        String think,
        Optional<Integer> logprobs,
        SortedMap<String, JsonNode> unknown) {

    /** A question to a local model, with what every surface can say of it. */
    public static Ask question(String text) {
        Sampling sampling = new Sampling(
                0.5, 0.9, 64, List.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        return new Ask(
                "local",
                "",
                List.of(new Turn.User(text, List.of())),
                sampling,
                Optional.empty(),
                List.of(),
                "auto",
                "",
                Optional.empty(),
                new TreeMap<>());
    }

    /** A part of the conversation. */
    public sealed interface Turn {
        record User(String text, List<Picture> pictures) implements Turn {}

        record Assistant(String text, String thinking, List<Call> calls) implements Turn {}

        /** The result of the call of that number in the turn before. */
        record Result(int call, String text) implements Turn {}
    }

    /** An image, by its bytes in Base64. */
    public record Picture(String base64) {}

    public record Call(String id, String name, ObjectNode arguments) {}

    public record Tool(String name, String description, ObjectNode parameters) {}

    /** How tokens are chosen. What every surface can say is always said. */
    public record Sampling(
            double temperature,
            double topP,
            int maxTokens,
            List<String> stop,
            Optional<Long> seed,
            Optional<Integer> topK,
            Optional<Double> presencePenalty,
            Optional<Double> frequencyPenalty) {}

    /** The only turn, where it is the user's alone. */
    public Optional<Turn.User> onlyQuestion() {
        return turns.size() == 1 && turns.getFirst() instanceof Turn.User user ? Optional.of(user) : Optional.empty();
    }

    /** The call that a result is of. */
    public Call callOf(Turn.Result result) {
        for (Turn turn : turns.subList(0, turns.indexOf(result)).reversed()) {
            if (turn instanceof Turn.Assistant assistant) {
                return assistant.calls().get(result.call());
            }
        }
        throw new IllegalArgumentException("no call was made");
    }

    public Ask withModel(String other) {
        return new Ask(other, system, turns, sampling, schema, tools, choice, think, logprobs, unknown);
    }

    public Ask withSystem(String other) {
        return new Ask(model, other, turns, sampling, schema, tools, choice, think, logprobs, unknown);
    }

    public Ask withTurns(List<Turn> others) {
        return new Ask(model, system, others, sampling, schema, tools, choice, think, logprobs, unknown);
    }

    public Ask withTurn(int index, UnaryOperator<Turn> change) {
        List<Turn> changed = new ArrayList<>(turns);
        changed.set(index, change.apply(turns.get(index)));
        return withTurns(changed);
    }

    /** The same, ending at these texts. */
    public Ask withStop(String... texts) {
        return withSampling(new Sampling(
                sampling.temperature(),
                sampling.topP(),
                sampling.maxTokens(),
                List.of(texts),
                sampling.seed(),
                sampling.topK(),
                sampling.presencePenalty(),
                sampling.frequencyPenalty()));
    }

    public Ask withSampling(Sampling other) {
        return new Ask(model, system, turns, other, schema, tools, choice, think, logprobs, unknown);
    }

    public Ask withSchema(JsonNode other) {
        return new Ask(model, system, turns, sampling, Optional.of(other), tools, choice, think, logprobs, unknown);
    }

    public Ask withTools(List<Tool> others, String otherChoice) {
        return new Ask(model, system, turns, sampling, schema, others, otherChoice, think, logprobs, unknown);
    }

    public Ask withThink(String other) {
        return new Ask(model, system, turns, sampling, schema, tools, choice, other, logprobs, unknown);
    }

    public Ask withLogprobs(int top) {
        return new Ask(model, system, turns, sampling, schema, tools, choice, think, Optional.of(top), unknown);
    }

    public Ask withUnknown(SortedMap<String, JsonNode> others) {
        return new Ask(model, system, turns, sampling, schema, tools, choice, think, logprobs, others);
    }
}
