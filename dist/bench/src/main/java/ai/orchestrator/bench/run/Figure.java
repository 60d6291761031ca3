package ai.orchestrator.bench.run;

import java.util.Locale;

/** Numbers with as many digits as say something. */
final class Figure {
    private static final double LARGE = 10_000;
    private static final double SMALL = 10;

    private Figure() {}

    static String of(double value) {
        double size = Math.abs(value);
        String format = size >= LARGE ? "%.0f" : size >= SMALL ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
        return String.format(Locale.ROOT, format, value);
    }
}
