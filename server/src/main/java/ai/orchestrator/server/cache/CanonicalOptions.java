package ai.orchestrator.server.cache;

import ai.orchestrator.plugin.model.SamplingOptions;
import java.math.BigDecimal;
import java.util.TreeMap;

/** Sampling options with their defaults written out, so that leaving one out and asking for it are one request. */
final class CanonicalOptions {
    private CanonicalOptions() {}

    /** The defaults are Ollama's own (its {@code DefaultOptions}); contexts as loaded by default are written as absent. */
    static void write(SamplingOptions options, CanonicalBytes out) {
        out.count(options.numPredict().map(limit -> Math.max(limit, -1)).orElse(-1));
        out.count(options.numCtx().orElse(0));
        out.count(options.numKeep().orElse(4));
        number(out, options.temperature().orElse(0.8));
        out.count(options.topK().orElse(40));
        number(out, options.topP().orElse(0.9));
        number(out, options.minP().orElse(0.0));
        number(out, options.typicalP().orElse(1.0));
        out.count(options.repeatLastN().orElse(64));
        number(out, options.repeatPenalty().orElse(1.0));
        number(out, options.presencePenalty().orElse(0.0));
        number(out, options.frequencyPenalty().orElse(0.0));
        out.text(Long.toString(Math.max(options.seed().orElse(-1L), -1L)));
        out.texts(options.stop());
        out.count(options.other().size());
        new TreeMap<>(options.other()).forEach((name, json) -> out.text(name).text(CanonicalJson.of(json)));
    }

    private static void number(CanonicalBytes out, double value) {
        out.text(Double.isFinite(value) ? CanonicalJson.number(BigDecimal.valueOf(value)) : Double.toString(value));
    }
}
