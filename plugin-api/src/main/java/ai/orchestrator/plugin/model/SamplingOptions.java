package ai.orchestrator.plugin.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How the next token is chosen and where to stop, by Ollama's names and meanings. An absent option has the model's default.
 *
 * @param numPredict most tokens to write; -1 for no limit but the context
 * @param numCtx tokens of context to load the model with
 * @param numKeep tokens of the prompt kept when the context is shifted
 * @param temperature 0 always takes the likeliest token
 * @param seed the same seed, prompt and options give the same answer; -1 for a new one each time
 * @param repeatLastN how many tokens back {@code repeatPenalty} looks
 * @param stop texts that end the answer and are not part of it
 * @param other options by other names, each value as JSON text; a provider takes those it knows and ignores the rest
 */
public record SamplingOptions(
        Optional<Integer> numPredict,
        Optional<Integer> numCtx,
        Optional<Integer> numKeep,
        Optional<Double> temperature,
        Optional<Integer> topK,
        Optional<Double> topP,
        Optional<Double> minP,
        Optional<Double> typicalP,
        Optional<Integer> repeatLastN,
        Optional<Double> repeatPenalty,
        Optional<Double> presencePenalty,
        Optional<Double> frequencyPenalty,
        Optional<Long> seed,
        List<String> stop,
        Map<String, String> other) {

    private static final SamplingOptions DEFAULTS = builder().build();

    public SamplingOptions {
        stop = List.copyOf(stop);
        other = Map.copyOf(other);
    }

    /** Every option at the model's default. */
    public static SamplingOptions defaults() {
        return DEFAULTS;
    }

    /** These options, and the others where these leave one out; no stop text at all counts as left out. */
    public SamplingOptions orElse(SamplingOptions others) {
        Map<String, String> all = new TreeMap<>(others.other);
        all.putAll(other);
        return new SamplingOptions(
                numPredict.or(others::numPredict),
                numCtx.or(others::numCtx),
                numKeep.or(others::numKeep),
                temperature.or(others::temperature),
                topK.or(others::topK),
                topP.or(others::topP),
                minP.or(others::minP),
                typicalP.or(others::typicalP),
                repeatLastN.or(others::repeatLastN),
                repeatPenalty.or(others::repeatPenalty),
                presencePenalty.or(others::presencePenalty),
                frequencyPenalty.or(others::frequencyPenalty),
                seed.or(others::seed),
                stop.isEmpty() ? others.stop : stop,
                all);
    }

    /** Options to be set one by one. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects options; those not set are absent. */
    public static final class Builder {
        private Optional<Integer> numPredict = Optional.empty();
        private Optional<Integer> numCtx = Optional.empty();
        private Optional<Integer> numKeep = Optional.empty();
        private Optional<Double> temperature = Optional.empty();
        private Optional<Integer> topK = Optional.empty();
        private Optional<Double> topP = Optional.empty();
        private Optional<Double> minP = Optional.empty();
        private Optional<Double> typicalP = Optional.empty();
        private Optional<Integer> repeatLastN = Optional.empty();
        private Optional<Double> repeatPenalty = Optional.empty();
        private Optional<Double> presencePenalty = Optional.empty();
        private Optional<Double> frequencyPenalty = Optional.empty();
        private Optional<Long> seed = Optional.empty();
        private List<String> stop = List.of();
        private final Map<String, String> other = new TreeMap<>();

        private Builder() {}

        public Builder numPredict(int value) {
            numPredict = Optional.of(value);
            return this;
        }

        public Builder numCtx(int value) {
            numCtx = Optional.of(value);
            return this;
        }

        public Builder numKeep(int value) {
            numKeep = Optional.of(value);
            return this;
        }

        public Builder temperature(double value) {
            temperature = Optional.of(value);
            return this;
        }

        public Builder topK(int value) {
            topK = Optional.of(value);
            return this;
        }

        public Builder topP(double value) {
            topP = Optional.of(value);
            return this;
        }

        public Builder minP(double value) {
            minP = Optional.of(value);
            return this;
        }

        public Builder typicalP(double value) {
            typicalP = Optional.of(value);
            return this;
        }

        public Builder repeatLastN(int value) {
            repeatLastN = Optional.of(value);
            return this;
        }

        public Builder repeatPenalty(double value) {
            repeatPenalty = Optional.of(value);
            return this;
        }

        public Builder presencePenalty(double value) {
            presencePenalty = Optional.of(value);
            return this;
        }

        public Builder frequencyPenalty(double value) {
            frequencyPenalty = Optional.of(value);
            return this;
        }

        public Builder seed(long value) {
            seed = Optional.of(value);
            return this;
        }

        public Builder stop(List<String> value) {
            stop = value;
            return this;
        }

        public Builder other(String name, String json) {
            other.put(name, json);
            return this;
        }

        public SamplingOptions build() {
            return new SamplingOptions(
                    numPredict,
                    numCtx,
                    numKeep,
                    temperature,
                    topK,
                    topP,
                    minP,
                    typicalP,
                    repeatLastN,
                    repeatPenalty,
                    presencePenalty,
                    frequencyPenalty,
                    seed,
                    stop,
                    other);
        }
    }
}
