package ai.orchestrator.classifier.tribuo;

import ai.orchestrator.plugin.classify.Outcome;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.sgd.linear.LinearSGDModel;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.impl.ArrayExample;
import org.tribuo.math.optimisers.SGD;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/**
 * Fits Tribuo's logistic regression to outcomes: the large model was needed, it made no difference, or it did harm. The steps are few and
 * small. Stopped this early, what was learnt points the way from one class's mean to the other's, which holds for questions of other subjects
 * where a closer fit does not.
 */
final class SgdTraining {
    static final String NEED = "need";
    static final String HARM = "harm";
    private static final String SAME = "same";

    static final int EPOCHS = 6;
    /** Rate times epochs is what counts: it does what an L2 penalty of some hundreds does. */
    static final double RATE = 1 / 60.0 / EPOCHS;

    static final long SEED = 20_240_701;
    /** A feature of every example, so large that how often each class occurs is learnt in these few steps. */
    static final String CONSTANT = "constant";

    static final double CONSTANT_VALUE = 4;
    private static final OffsetDateTime NO_TIME = OffsetDateTime.of(2000, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

    /** Kept, for the level would go with the logger. */
    private static final Logger TALKATIVE = Logger.getLogger("org.tribuo.common.sgd.AbstractSGDTrainer");

    static {
        TALKATIVE.setLevel(Level.WARNING);
    }

    private SgdTraining() {}

    /** @param features of each outcome, in order; gone through once */
    static LinearSGDModel fit(Iterable<Map<String, Double>> features, List<Outcome> outcomes, String source) {
        LabelFactory labels = new LabelFactory();
        MutableDataset<Label> data =
                new MutableDataset<>(new SimpleDataSourceProvenance(source, NO_TIME, labels), labels);
        Iterator<Outcome> results = outcomes.iterator();
        features.forEach(row -> data.add(example(row, label(results.next()))));
        return new LinearSGDTrainer(new LogMulticlass(), SGD.getSimpleSGD(RATE), EPOCHS, -1, 1, SEED).train(data);
    }

    static ArrayExample<Label> example(Map<String, Double> features, Label label) {
        String[] names = new String[features.size() + 1];
        double[] values = new double[names.length];
        names[0] = CONSTANT;
        values[0] = CONSTANT_VALUE;
        int count = 1;
        for (Map.Entry<String, Double> feature : features.entrySet()) {
            names[count] = feature.getKey();
            values[count++] = feature.getValue();
        }
        return new ArrayExample<>(label, names, values);
    }

    private static Label label(Outcome outcome) {
        return new Label(
                switch (outcome.gain()) {
                    case 1 -> NEED;
                    case 0 -> SAME;
                    default -> HARM;
                });
    }
}
