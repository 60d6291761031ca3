package ai.orchestrator.model.llamacpp;

import ai.orchestrator.plugin.Settings;
import ai.orchestrator.plugin.model.SamplingOptions;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A model's own default options: read from the settings, and shown. */
final class ModelParameters {
    private ModelParameters() {}

    static SamplingOptions of(Settings settings) {
        SamplingOptions.Builder options = SamplingOptions.builder();
        whole(settings, "num_predict").ifPresent(value -> options.numPredict(value.intValue()));
        whole(settings, "num_ctx").ifPresent(value -> options.numCtx(value.intValue()));
        whole(settings, "num_keep").ifPresent(value -> options.numKeep(value.intValue()));
        whole(settings, "top_k").ifPresent(value -> options.topK(value.intValue()));
        whole(settings, "repeat_last_n").ifPresent(value -> options.repeatLastN(value.intValue()));
        whole(settings, "seed").ifPresent(options::seed);
        decimal(settings, "temperature").ifPresent(options::temperature);
        decimal(settings, "top_p").ifPresent(options::topP);
        decimal(settings, "min_p").ifPresent(options::minP);
        decimal(settings, "typical_p").ifPresent(options::typicalP);
        decimal(settings, "repeat_penalty").ifPresent(options::repeatPenalty);
        decimal(settings, "presence_penalty").ifPresent(options::presencePenalty);
        decimal(settings, "frequency_penalty").ifPresent(options::frequencyPenalty);
        return options.stop(settings.texts("stop")).build();
    }

    /** The options that are set, one {@code name value} a line. */
    static String lines(SamplingOptions options) {
        List<String> lines = new ArrayList<>();
        add(lines, "num_predict", options.numPredict());
        add(lines, "num_ctx", options.numCtx());
        add(lines, "num_keep", options.numKeep());
        add(lines, "temperature", options.temperature());
        add(lines, "top_k", options.topK());
        add(lines, "top_p", options.topP());
        add(lines, "min_p", options.minP());
        add(lines, "typical_p", options.typicalP());
        add(lines, "repeat_last_n", options.repeatLastN());
        add(lines, "repeat_penalty", options.repeatPenalty());
        add(lines, "presence_penalty", options.presencePenalty());
        add(lines, "frequency_penalty", options.frequencyPenalty());
        add(lines, "seed", options.seed());
        options.stop().forEach(stop -> lines.add("stop \"" + stop + "\""));
        return String.join("\n", lines);
    }

    private static void add(List<String> lines, String name, Optional<? extends Number> value) {
        value.ifPresent(number -> lines.add(name + " " + number));
    }

    private static Optional<Long> whole(Settings settings, String name) {
        return settings.optionalText(name).map(text -> settings.number(name, 0, Integer.MIN_VALUE, Integer.MAX_VALUE));
    }

    private static Optional<Double> decimal(Settings settings, String name) {
        return settings.decimal(name).map(BigDecimal::doubleValue);
    }
}
