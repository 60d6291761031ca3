package ai.orchestrator.classifier.tribuo;

import ai.orchestrator.plugin.InvalidSettingException;
import ai.orchestrator.plugin.Settings;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The settings.
 *
 * @param model the path of the model that is trained here, relative to the home folder
 * @param lowBelow 0 to 1
 * @param highAbove 0 to 1, at least {@code lowBelow} where both are given
 * @param embedding the embedding model to ask for; empty for none
 */
record TribuoSettings(String model, double lowBelow, OptionalDouble highAbove, Optional<String> embedding) {
    private static final String NONE = "none";

    static TribuoSettings of(Settings settings) {
        OptionalDouble low = share(settings, "low_below");
        OptionalDouble high = share(settings, "high_above");
        if (low.isPresent() && high.isPresent() && high.getAsDouble() < low.getAsDouble()) {
            throw new InvalidSettingException(
                    "high_above",
                    "expected at least low_below, " + low.getAsDouble() + ", found " + high.getAsDouble());
        }
        String embedding = settings.text("embedding", "all-minilm:latest");
        return new TribuoSettings(
                settings.text("model", "data/classifier.model"),
                low.orElse(Tiers.LOW_BELOW),
                high,
                embedding.equals(NONE) ? Optional.empty() : Optional.of(embedding));
    }

    private static OptionalDouble share(Settings settings, String name) {
        Optional<BigDecimal> given = settings.decimal(name);
        if (given.isEmpty()) {
            return OptionalDouble.empty();
        }
        BigDecimal share = given.get();
        if (share.signum() < 0 || share.compareTo(BigDecimal.ONE) > 0) {
            throw new InvalidSettingException(name, "expected 0 to 1, found " + share.toPlainString());
        }
        return OptionalDouble.of(share.doubleValue());
    }
}
