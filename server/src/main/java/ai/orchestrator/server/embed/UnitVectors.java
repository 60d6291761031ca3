package ai.orchestrator.server.embed;

import ai.orchestrator.plugin.embed.EmbeddingProvider;
import ai.orchestrator.plugin.embed.EmbeddingRequest;
import ai.orchestrator.plugin.search.TextEmbedder;
import java.util.List;
import java.util.Optional;

/** Makes vectors of length 1 by a model that some provider has. Of a long text only parts are looked at, so that a vector never takes long. */
public final class UnitVectors implements TextEmbedder {
    private final EmbeddingProvider provider;
    private final String model;
    private final Reading reading;

    /**
     * How much of a text is looked at.
     *
     * @param beginning characters at its beginning
     * @param end characters at its end
     */
    public record Reading(int beginning, int end) {
        /** Of questions, which say what is wanted at either end. */
        public static final Reading QUESTION = new Reading(400, 100);

        /** Of search results, several of which are compared with a question while somebody waits. */
        public static final Reading RESULT = new Reading(300, 0);

        /** Of documents, as much as small models read. */
        public static final Reading DOCUMENT = new Reading(1_200, 0);

        private String of(String text) {
            if (text.length() <= beginning + end) {
                return text;
            }
            return text.substring(0, beginning) + (end == 0 ? "" : " " + text.substring(text.length() - end));
        }
    }

    private UnitVectors(EmbeddingProvider provider, String model, Reading reading) {
        this.provider = provider;
        this.model = model;
        this.reading = reading;
    }

    /** Vectors of this model; empty if no provider has it. */
    public static Optional<UnitVectors> find(String model, List<EmbeddingProvider> providers, Reading reading) {
        return providers.stream()
                .filter(provider ->
                        provider.models().stream().anyMatch(info -> info.name().equals(model)))
                .findFirst()
                .map(provider -> new UnitVectors(provider, model, reading));
    }

    @Override
    public String model() {
        return model;
    }

    @Override
    public List<float[]> embed(List<String> texts) {
        return provider
                .embed(EmbeddingRequest.of(
                        model, texts.stream().map(reading::of).toList()))
                .vectors()
                .stream()
                .map(UnitVectors::unit)
                .toList();
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
