package ai.orchestrator.server.classify;

import ai.orchestrator.plugin.embed.EmbeddingProvider;
import ai.orchestrator.plugin.embed.EmbeddingRequest;
import java.util.List;
import java.util.Optional;

/** Makes the vectors that a classifier asks for. */
public final class QuestionVectors {
    private static final int BEGINNING = 400;
    private static final int END = 100;

    private final EmbeddingProvider provider;
    private final String model;

    private QuestionVectors(EmbeddingProvider provider, String model) {
        this.provider = provider;
        this.model = model;
    }

    /** Vectors of this model; empty if no provider has it. */
    public static Optional<QuestionVectors> find(String model, List<EmbeddingProvider> providers) {
        return providers.stream()
                .filter(provider ->
                        provider.models().stream().anyMatch(info -> info.name().equals(model)))
                .findFirst()
                .map(provider -> new QuestionVectors(provider, model));
    }

    /**
     * The vectors of texts, each of length 1. Of a long text only the beginning and the end are looked at, so that a vector never takes long.
     *
     * @throws ai.orchestrator.plugin.PluginFailure if there are none
     */
    public List<float[]> of(List<String> texts) {
        return provider
                .embed(EmbeddingRequest.of(
                        model, texts.stream().map(QuestionVectors::part).toList()))
                .vectors()
                .stream()
                .map(QuestionVectors::unit)
                .toList();
    }

    private static String part(String text) {
        return text.length() <= BEGINNING + END
                ? text
                : text.substring(0, BEGINNING) + " " + text.substring(text.length() - END);
    }

    private static float[] unit(float[] vector) {
        double squares = 0;
        for (float number : vector) {
            squares += (double) number * number;
        }
        double length = Math.sqrt(squares);
        float[] unit = new float[vector.length];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = length == 0 ? 0 : (float) (vector[i] / length);
        }
        return unit;
    }
}
