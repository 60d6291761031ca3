package ai.orchestrator.model.llamacpp;

import ai.orchestrator.model.llamacpp.worker.Call;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.SamplingOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Options that native code can be trusted with.
 *
 * @param limit most tokens to write; negative for as many as the context holds
 * @param stops texts that end the answer
 * @param repeatable whether the same answer is wanted each time
 */
record CheckedOptions(Call.Sampling sampling, int limit, List<String> stops, boolean repeatable) {
    private static final double MOST = 1e6;
    private static final int MOST_STOP_CHARACTERS = 1 << 14;
    private static final float LEAST_DIVISOR = 1e-3f;

    /**
     * Checks a request's options.
     *
     * @param maxTokens the operator's ceiling of an answer's tokens; 0 for none
     * @throws ai.orchestrator.plugin.PluginFailure if one of them is wrong
     */
    static CheckedOptions of(SamplingOptions options, Prompt prompt, ModelFile model, int maxTokens) {
        return new CheckedOptions(
                sampling(options),
                limit(options, maxTokens),
                stops(prompt, model, options),
                options.seed().filter(seed -> seed != -1).isPresent());
    }

    private static int limit(SamplingOptions options, int maxTokens) {
        int asked = options.numPredict().orElse(-1);
        if (maxTokens == 0) {
            return asked;
        }
        return asked < 0 ? maxTokens : Math.min(asked, maxTokens);
    }

    private static List<String> stops(Prompt prompt, ModelFile model, SamplingOptions options) {
        List<String> stops = new ArrayList<>(options.stop());
        if (stops.stream().mapToLong(String::length).sum() + stops.size() > MOST_STOP_CHARACTERS) {
            throw Refusals.invalid("option \"stop\" is too long");
        }
        String dialogueStop = model.facts().dialogueStop();
        if (prompt instanceof Prompt.Chat && !dialogueStop.isEmpty()) {
            stops.add(dialogueStop);
        }
        return stops;
    }

    private static Call.Sampling sampling(SamplingOptions options) {
        return new Call.Sampling(
                temperature(number("temperature", options.temperature(), 0.8, 0)),
                options.topK().orElse(40),
                Math.min(1, number("top_p", options.topP(), 0.9, 0)),
                Math.min(1, number("min_p", options.minP(), 0, 0)),
                Math.min(1, number("typical_p", options.typicalP(), 1, 0)),
                Math.max(-1, options.repeatLastN().orElse(64)),
                Math.max(LEAST_DIVISOR, number("repeat_penalty", options.repeatPenalty(), 1, 0)),
                number("presence_penalty", options.presencePenalty(), 0, -MOST),
                number("frequency_penalty", options.frequencyPenalty(), 0, -MOST),
                seed(options.seed()),
                Math.max(-1, options.numKeep().orElse(4)));
    }

    /** Native code ends the process on a number that is none, so it has to be one and of a sane size. */
    private static float number(String name, Optional<Double> value, double fallback, double least) {
        double number = value.orElse(fallback);
        if (!(number >= least && number <= MOST)) {
            throw Refusals.invalid("option \"" + name + "\" must be a number "
                    + (least == 0 ? "that is not negative" : "of a sane size"));
        }
        return (float) number;
    }

    /** So near to zero it is zero: what is divided by it would be no number any more. */
    private static float temperature(float given) {
        return given < LEAST_DIVISOR ? 0 : given;
    }

    /** llama.cpp takes 32 bits, all ones meaning a random seed: then one is drawn here. */
    private static int seed(Optional<Long> seed) {
        long given = seed.orElse(-1L);
        if (given == -1) {
            return ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE);
        }
        int bits = Long.hashCode(given);
        return bits == -1 ? 0 : bits;
    }
}
