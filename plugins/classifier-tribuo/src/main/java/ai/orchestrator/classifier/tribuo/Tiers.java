package ai.orchestrator.classifier.tribuo;

import ai.orchestrator.classifier.signals.Reading;
import ai.orchestrator.plugin.classify.Complexity;

/**
 * Where the tiers begin.
 *
 * @param lowBelow what is less likely to need a large model is easy, unless it wants facts
 * @param highAbove what is likelier is hard
 */
record Tiers(double lowBelow, double highAbove) {
    static final double LOW_BELOW = 0.12;
    static final double HIGH_ABOVE = 0.25;

    Complexity of(double need, Reading reading) {
        if (need > highAbove) {
            return Complexity.HIGH;
        }
        return need >= lowBelow || wantsFacts(reading) ? Complexity.MEDIUM : Complexity.LOW;
    }

    /** 0.5 at a border, and nearing 1 with the distance from it in odds. */
    double confidence(double need) {
        double distance = Math.min(distance(need, lowBelow), distance(need, highAbove));
        return 1 - Math.exp(-distance) / 2;
    }

    static boolean wantsFacts(Reading reading) {
        return reading.facts() - reading.ease() >= Reading.SOME;
    }

    private static double distance(double need, double border) {
        return border <= 0 || border >= 1 ? Double.MAX_VALUE : Math.abs(Platt.oddsOf(need) - Platt.oddsOf(border));
    }
}
