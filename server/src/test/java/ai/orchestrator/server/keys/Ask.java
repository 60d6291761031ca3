package ai.orchestrator.server.keys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.UnaryOperator;

/**
 * What somebody wants of a model, in no surface's spelling.
 *
 * @param system empty for none
 * @param choice {@code auto}, {@code none}, {@code required}, or the name of a tool
 * @param think {@code off}, {@code on}, a degree, or empty where nothing is said
 * @param unknown members that no surface knows
 */
record Ask(
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

    /** A part of the conversation. */
    sealed interface Turn {
        record User(String text, List<Picture> pictures) implements Turn {}

        record Assistant(String text, String thinking, List<Call> calls) implements Turn {}

        /** The result of the call of that number in the turn before. */
        record Result(int call, String text) implements Turn {}
    }

    /** An image, by its bytes in Base64. */
    record Picture(String base64) {}

    record Call(String id, String name, ObjectNode arguments) {}

    record Tool(String name, String description, ObjectNode parameters) {}

    /** How tokens are chosen. What every surface can say is always said. */
    record Sampling(
            double temperature,
            double topP,
            int maxTokens,
            List<String> stop,
            Optional<Long> seed,
            Optional<Integer> topK,
            Optional<Double> presencePenalty,
            Optional<Double> frequencyPenalty) {}

    /** The only turn, where it is the user's alone. */
    Optional<Turn.User> onlyQuestion() {
        return turns.size() == 1 && turns.getFirst() instanceof Turn.User user ? Optional.of(user) : Optional.empty();
    }

    /** The call that a result is of. */
    Call callOf(Turn.Result result) {
        for (Turn turn : turns.subList(0, turns.indexOf(result)).reversed()) {
            if (turn instanceof Turn.Assistant assistant) {
                return assistant.calls().get(result.call());
            }
        }
        throw new IllegalArgumentException("no call was made");
    }

    Ask withModel(String other) {
        return new Ask(other, system, turns, sampling, schema, tools, choice, think, logprobs, unknown);
    }

    Ask withSystem(String other) {
        return new Ask(model, other, turns, sampling, schema, tools, choice, think, logprobs, unknown);
    }

    Ask withTurns(List<Turn> others) {
        return new Ask(model, system, others, sampling, schema, tools, choice, think, logprobs, unknown);
    }

    Ask withTurn(int index, UnaryOperator<Turn> change) {
        List<Turn> changed = new java.util.ArrayList<>(turns);
        changed.set(index, change.apply(turns.get(index)));
        return withTurns(changed);
    }

    Ask withSampling(Sampling other) {
        return new Ask(model, system, turns, other, schema, tools, choice, think, logprobs, unknown);
    }

    Ask withSchema(JsonNode other) {
        return new Ask(model, system, turns, sampling, Optional.of(other), tools, choice, think, logprobs, unknown);
    }

    Ask withTools(List<Tool> others, String otherChoice) {
        return new Ask(model, system, turns, sampling, schema, others, otherChoice, think, logprobs, unknown);
    }

    Ask withThink(String other) {
        return new Ask(model, system, turns, sampling, schema, tools, choice, other, logprobs, unknown);
    }

    Ask withLogprobs(int top) {
        return new Ask(model, system, turns, sampling, schema, tools, choice, think, Optional.of(top), unknown);
    }

    Ask withUnknown(SortedMap<String, JsonNode> others) {
        return new Ask(model, system, turns, sampling, schema, tools, choice, think, logprobs, others);
    }
}
