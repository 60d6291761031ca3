package ai.orchestrator.server.cache;

import ai.orchestrator.plugin.model.SamplingOptions;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Sampling options with the model's defaults written out, so that leaving one out and asking for it are one request. */
final class CanonicalOptions {
    /** Ollama's own (its {@code DefaultOptions}); the context that a model is loaded with by default is left out. */
    private static final SamplingOptions OLLAMA = SamplingOptions.builder()
            .numPredict(-1)
            .numKeep(4)
            .temperature(0.8)
            .topK(40)
            .topP(0.9)
            .minP(0)
            .typicalP(1)
            .repeatLastN(64)
            .repeatPenalty(1)
            .presencePenalty(0)
            .frequencyPenalty(0)
            .seed(-1)
            .build();

    private static final int MOST_TEXTS = 1_000;
    private static final Map<Double, String> TEXTS = new ConcurrentHashMap<>();

    private CanonicalOptions() {}

    /** @param defaults the model's own; empty where they are not known, so that only what is left out alike is alike */
    static void write(SamplingOptions asked, Optional<SamplingOptions> defaults, CanonicalBytes out) {
        SamplingOptions options =
                defaults.map(own -> asked.orElse(own).orElse(OLLAMA)).orElse(asked);
        whole(out, options.numPredict().map(limit -> Math.max(limit, -1))); // none, however it is said
        whole(out, options.numCtx());
        whole(out, options.numKeep());
        number(out, options.temperature());
        whole(out, options.topK());
        number(out, options.topP());
        number(out, options.minP());
        number(out, options.typicalP());
        whole(out, options.repeatLastN());
        number(out, options.repeatPenalty());
        number(out, options.presencePenalty());
        number(out, options.frequencyPenalty());
        whole(out, options.seed());
        out.texts(options.stop());
        out.count(options.other().size());
        new TreeMap<>(options.other()).forEach((name, json) -> out.text(name).text(CanonicalJson.of(json)));
    }

    private static void whole(CanonicalBytes out, Optional<? extends Number> value) {
        out.text(value.map(Object::toString).orElse(""));
    }

    private static void number(CanonicalBytes out, Optional<Double> value) {
        out.text(value.map(CanonicalOptions::text).orElse(""));
    }

    /** The few that clients use are written once. */
    private static String text(double value) {
        String known = TEXTS.get(value);
        if (known != null) {
            return known;
        }
        String text = spelled(value);
        if (TEXTS.size() < MOST_TEXTS) {
            TEXTS.put(value, text);
        }
        return text;
    }

    private static String spelled(double value) {
        return Double.isFinite(value) ? CanonicalJson.number(BigDecimal.valueOf(value)) : Double.toString(value);
    }
}
