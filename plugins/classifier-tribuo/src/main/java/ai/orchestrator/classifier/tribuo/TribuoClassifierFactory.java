package ai.orchestrator.classifier.tribuo;

import ai.orchestrator.plugin.PluginContext;
import ai.orchestrator.plugin.classify.ComplexityClassifier;
import ai.orchestrator.plugin.classify.ComplexityClassifierFactory;
import java.time.Clock;
import org.pf4j.Extension;

/**
 * Makes classifiers of kind {@code tribuo}.
 *
 * <p>Settings: {@code low_below} (0.12) and {@code high_above} (0.25, or what was calibrated), probabilities that the large model is needed, the
 * second no smaller than the first; {@code embedding} ({@code all-minilm:latest}), or {@code none}; {@code model}
 * ({@code data/classifier.model}), where a model that is trained here is kept.
 */
@Extension
public final class TribuoClassifierFactory implements ComplexityClassifierFactory {
    /** For PF4J. */
    public TribuoClassifierFactory() {}

    @Override
    public String kind() {
        return "tribuo";
    }

    @Override
    public ComplexityClassifier create(PluginContext context) {
        TribuoSettings settings = TribuoSettings.of(context.settings());
        return new TribuoClassifier(new ModelStore(context.resolve(settings.model())), settings, Clock.systemUTC());
    }
}
