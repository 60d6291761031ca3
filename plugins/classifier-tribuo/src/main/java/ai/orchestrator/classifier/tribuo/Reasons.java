package ai.orchestrator.classifier.tribuo;

import ai.orchestrator.classifier.tribuo.TextScorer.Spoke;
import ai.orchestrator.plugin.classify.Complexity;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Says in an operator's words why a question was found easy or hard. */
final class Reasons {
    private static final int MOST = 5;
    private static final int MOST_FEATURES = 2;
    private static final double STRANGE = 0.5;

    private Reasons() {}

    static List<String> of(Verdict verdict, Complexity complexity) {
        Set<String> reasons = new LinkedHashSet<>();
        reasons.add(String.format(
                Locale.ROOT,
                "a small model fails where a large one does not with a probability of %.0f%%",
                100 * verdict.need()));
        boolean hard = complexity == Complexity.HIGH;
        if (complexity == Complexity.MEDIUM && Tiers.wantsFacts(verdict.reading())) {
            reasons.add("wants facts");
        }
        if (verdict.familiar() < STRANGE) {
            reasons.add("unlike the questions that the model learnt from, so judged by its words and form");
            reasons.addAll(signals(verdict, complexity));
        } else {
            reasons.addAll(features(verdict, hard));
            reasons.addAll(signals(verdict, complexity));
        }
        return reasons.stream().limit(MOST).toList();
    }

    private static List<String> signals(Verdict verdict, Complexity complexity) {
        return verdict.reading().reasons(complexity == Complexity.LOW);
    }

    /** The features that spoke most for the verdict; all numbers of the vector together are one. */
    private static List<String> features(Verdict verdict, boolean hard) {
        List<Spoke> spoke = verdict.scorer().spoke(verdict.text());
        spoke.add(new Spoke(
                "means something like questions that small models " + (hard ? "fail" : "answer"),
                false,
                verdict.meaning()));
        double sign = hard ? 1 : -1;
        return spoke.stream()
                .filter(one -> sign * one.amount() > 0)
                .sorted((left, right) -> Double.compare(sign * right.amount(), sign * left.amount()))
                .limit(MOST_FEATURES)
                .map(Spoke::reason)
                .toList();
    }
}
