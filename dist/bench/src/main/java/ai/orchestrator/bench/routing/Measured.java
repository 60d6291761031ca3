package ai.orchestrator.bench.routing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Evaluations of one kind, and their means. */
final class Measured {
    private static final int POINTS = 101;

    private final String name;
    private final List<JsonNode> runs = new ArrayList<>();

    Measured(String name) {
        this.name = name;
    }

    void add(JsonNode evaluation) {
        runs.add(evaluation);
        System.err.printf(
                Locale.ROOT, "%s: APGR %.4f%n", name, evaluation.get("apgr").asDouble());
    }

    String name() {
        return name;
    }

    /** The mean quality at each percent of calls. */
    double[] curve() {
        double[] mean = new double[POINTS];
        for (JsonNode run : runs) {
            for (int i = 0; i < POINTS; i++) {
                mean[i] += run.get("curve").get(i).asDouble() / runs.size();
            }
        }
        return mean;
    }

    /** A line of the table of scores. */
    String scores() {
        return String.format(
                Locale.ROOT,
                "| %s | %d × %.0f | %.4f (%.4f to %.4f) | %.1f%% | %.1f%% | %.1f%% |",
                name,
                runs.size(),
                mean(run -> run.get("n").asDouble()),
                mean(run -> run.get("apgr").asDouble()),
                runs.stream()
                        .mapToDouble(run -> run.get("apgr").asDouble())
                        .min()
                        .orElse(0),
                runs.stream()
                        .mapToDouble(run -> run.get("apgr").asDouble())
                        .max()
                        .orElse(0),
                100 * mean(run -> run.get("cpt50").asDouble()),
                100 * mean(run -> run.get("cpt80").asDouble()),
                100 * mean(run -> run.get("cpt95q").asDouble()));
    }

    /** Lines of the table of thresholds: share, quality, and quality at the same share by chance. */
    List<String> thresholds() {
        List<String> lines = new ArrayList<>();
        double weak = mean(run -> run.get("weak").asDouble());
        double strong = mean(run -> run.get("strong").asDouble());
        for (int i = 0; i < runs.getFirst().get("thresholds").size(); i++) {
            int row = i;
            double share =
                    mean(run -> run.get("thresholds").get(row).get("share").asDouble());
            lines.add(String.format(
                    Locale.ROOT,
                    "| %.2f | %.1f%% | %.1f%% | %.1f%% |",
                    runs.getFirst().get("thresholds").get(row).get("high_above").asDouble(),
                    100 * share,
                    100
                            * mean(run -> run.get("thresholds")
                                    .get(row)
                                    .get("quality")
                                    .asDouble()),
                    100 * (weak + share * (strong - weak))));
        }
        lines.add(String.format(Locale.ROOT, "| all local | 0%% | %.1f%% | %.1f%% |", 100 * weak, 100 * weak));
        lines.add(String.format(Locale.ROOT, "| all cloud | 100%% | %.1f%% | %.1f%% |", 100 * strong, 100 * strong));
        return lines;
    }

    /** Lines of the table of probabilities and what came true, from the first run. */
    List<String> reliability() {
        List<String> lines = new ArrayList<>();
        runs.getFirst()
                .get("reliability")
                .forEach(part -> lines.add(String.format(
                        Locale.ROOT,
                        "| %.1f%% | %.1f%% | %d |",
                        100 * part.get("expected").asDouble(),
                        100 * part.get("needed").asDouble(),
                        part.get("n").asInt())));
        return lines;
    }

    /** The slowest run's decisions without a vector, in milliseconds: one of a hundred takes longer. */
    double slowestDecision() {
        return runs.stream()
                .mapToDouble(run -> run.get("decision_p99_ms").asDouble())
                .max()
                .orElse(0);
    }

    private double mean(ToDoubleFunction<JsonNode> number) {
        return runs.stream().mapToDouble(number).average().orElse(0);
    }
}
