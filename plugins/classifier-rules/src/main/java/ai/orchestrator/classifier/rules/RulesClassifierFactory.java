package ai.orchestrator.classifier.rules;

import ai.orchestrator.plugin.InvalidSettingException;
import ai.orchestrator.plugin.PluginContext;
import ai.orchestrator.plugin.Settings;
import ai.orchestrator.plugin.classify.ComplexityClassifier;
import ai.orchestrator.plugin.classify.ComplexityClassifierFactory;
import java.math.BigDecimal;
import org.pf4j.Extension;

/**
 * Makes classifiers of kind {@code rules}.
 *
 * <p>Settings: a question with fewer points than {@code low_below} (2) is easy, one with {@code high_from} (5) or more hard;
 * numbers between -1000 and 1000, the second no smaller than the first.
 */
@Extension
public final class RulesClassifierFactory implements ComplexityClassifierFactory {
    private static final BigDecimal LIMIT = BigDecimal.valueOf(1000);

    /** For PF4J. */
    public RulesClassifierFactory() {}

    @Override
    public String kind() {
        return "rules";
    }

    @Override
    public ComplexityClassifier create(PluginContext context) {
        BigDecimal lowBelow = points(context.settings(), "low_below", 2);
        BigDecimal highFrom = points(context.settings(), "high_from", 5);
        if (highFrom.compareTo(lowBelow) < 0) {
            throw new InvalidSettingException(
                    "high_from", "expected at least low_below, " + lowBelow + ", found " + highFrom);
        }
        return new RulesClassifier(lowBelow.doubleValue(), highFrom.doubleValue());
    }

    private static BigDecimal points(Settings settings, String name, int fallback) {
        BigDecimal points = settings.decimal(name).orElse(BigDecimal.valueOf(fallback));
        if (points.abs().compareTo(LIMIT) > 0) {
            throw new InvalidSettingException(name, "expected -1000 to 1000, found " + points);
        }
        return points;
    }
}
