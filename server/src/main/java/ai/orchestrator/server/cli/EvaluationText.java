package ai.orchestrator.server.cli;

import ai.orchestrator.server.classify.Evaluation;
import ai.orchestrator.server.classify.GainCurve;
import ai.orchestrator.server.classify.Pace;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** An evaluation in sentences and tables, and as JSON. */
final class EvaluationText {
    private static final double HALF = 0.5;
    private static final double MOST = 0.8;
    private static final double NEARLY_ALL = 0.95;
    private static final int PARTS = 10;
    private static final int FINE_PARTS = 100;
    private static final double NANOS_PER_MILLI = 1e6;

    private EvaluationText() {}

    static String of(Evaluation evaluation, Pace decision) {
        GainCurve curve = evaluation.curve();
        List<String> lines = new ArrayList<>();
        lines.add("share of calls to the large model, and right answers:");
        for (int i = 0; i <= PARTS; i++) {
            double share = i / (double) PARTS;
            lines.add(line("%14.0f%% %14.1f%%", 100 * share, 100 * curve.quality(share)));
        }
        if (!evaluation.tiers().isEmpty()) {
            lines.add("threshold (high_above), share and right answers:");
            evaluation
                    .tiers()
                    .forEach(tier -> lines.add(line(
                            "%15.2f %13.1f%% %13.1f%%", tier.threshold(), 100 * tier.share(), 100 * tier.quality())));
            lines.add("probability that the large model is needed, how often it was, and questions:");
            evaluation
                    .reliability()
                    .forEach(part -> lines.add(
                            line("%14.1f%% %13.1f%% %14d", 100 * part.expected(), 100 * part.needed(), part.count())));
        }
        lines.add(line(
                "deciding without a vector takes %.3f ms, and one in a hundred times more than %.3f ms",
                millis(decision.median()), millis(decision.p99())));
        lines.add("APGR " + number(curve.apgr()) + ", CPT(50%) " + number(curve.shareToRecover(HALF)) + ", CPT(80%) "
                + number(curve.shareToRecover(MOST)) + ", CPT(95% quality) "
                + number(curve.shareForQuality(NEARLY_ALL)) + " on " + curve.size() + " outcomes");
        return String.join(System.lineSeparator(), lines);
    }

    static ObjectNode json(Evaluation evaluation, Pace decision) {
        GainCurve curve = evaluation.curve();
        ObjectNode json = Terminal.object().put("n", curve.size());
        put(json, "apgr", curve.apgr());
        put(json, "cpt50", curve.shareToRecover(HALF));
        put(json, "cpt80", curve.shareToRecover(MOST));
        put(json, "cpt95q", curve.shareForQuality(NEARLY_ALL));
        json.put("decision_p50_ms", millis(decision.median())).put("decision_p99_ms", millis(decision.p99()));
        json.put("weak", curve.quality(0)).put("strong", curve.quality(1));
        ArrayNode points = json.putArray("curve");
        for (int i = 0; i <= FINE_PARTS; i++) {
            points.add(curve.quality(i / (double) FINE_PARTS));
        }
        ArrayNode thresholds = json.putArray("thresholds");
        evaluation.tiers().forEach(tier -> thresholds
                .addObject()
                .put("high_above", tier.threshold())
                .put("share", tier.share())
                .put("quality", tier.quality()));
        ArrayNode reliability = json.putArray("reliability");
        evaluation.reliability().forEach(part -> reliability
                .addObject()
                .put("n", part.count())
                .put("expected", part.expected())
                .put("needed", part.needed()));
        return json;
    }

    private static void put(ObjectNode json, String name, OptionalDouble number) {
        if (number.isPresent()) {
            json.put(name, number.getAsDouble());
        } else {
            json.putNull(name);
        }
    }

    private static double millis(Duration time) {
        return time.toNanos() / NANOS_PER_MILLI;
    }

    private static String number(OptionalDouble number) {
        return number.isPresent() ? line("%.4f", number.getAsDouble()) : "none";
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
