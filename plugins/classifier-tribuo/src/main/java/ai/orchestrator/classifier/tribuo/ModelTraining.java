package ai.orchestrator.classifier.tribuo;

import ai.orchestrator.classifier.signals.Reading;
import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.classify.Outcome;
import ai.orchestrator.plugin.classify.Question;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.tribuo.classification.sgd.linear.LinearSGDModel;

/** Makes a model of outcomes. */
final class ModelTraining {
    static final int FEWEST = 50;
    private static final int FEWEST_OF_A_KIND = 5;
    private static final int FOLDS = 5;
    /** More are not worth their time and memory. */
    static final int MOST = 20_000;

    private final List<Outcome> outcomes;
    private final List<float[]> embeddings;
    private final String source;
    private final int[] fold;

    private ModelTraining(List<Outcome> outcomes, List<float[]> embeddings, String source) {
        this.outcomes = outcomes;
        this.embeddings = embeddings;
        this.source = source;
        this.fold = folds(outcomes.size());
    }

    /** @param card what is known of it already; how well it did is added */
    static TrainedModel train(
            List<Outcome> outcomes, List<float[]> embeddings, String source, Map<String, String> card) {
        int[] drawn = drawn(outcomes.size());
        List<Outcome> some = pick(outcomes, drawn);
        refuseTooFew(some);
        return new ModelTraining(some, pick(embeddings, drawn), source).train(card);
    }

    private static void refuseTooFew(List<Outcome> outcomes) {
        if (outcomes.size() < FEWEST) {
            throw refused("there are " + outcomes.size() + " outcomes, and fewer than " + FEWEST
                    + " are too few to learn from");
        }
        long needs = outcomes.stream().filter(Outcome::needsStrong).count();
        if (needs < FEWEST_OF_A_KIND) {
            throw refused("the large model was needed in " + needs + " of " + outcomes.size()
                    + " outcomes (weak_correct 0, strong_correct 1): at least " + FEWEST_OF_A_KIND + " are wanted");
        }
        if (outcomes.size() - needs < FEWEST_OF_A_KIND) {
            throw refused("the large model was needed in " + needs + " of " + outcomes.size()
                    + " outcomes (weak_correct 0, strong_correct 1): at least " + FEWEST_OF_A_KIND
                    + " others are wanted");
        }
    }

    private static PluginFailure refused(String message) {
        return new PluginFailure.Permanent(FailureCode.INVALID_REQUEST, message);
    }

    private TrainedModel train(Map<String, String> card) {
        boolean embedded = !embeddings.isEmpty();
        double[] ofText = new double[outcomes.size()];
        double[] sums = new double[outcomes.size()];
        List<Familiarity.Traits> traits =
                new ArrayList<>(Collections.nCopies(outcomes.size(), new Familiarity.Traits(0, 0, 0, 0)));
        for (int held = 0; held < FOLDS; held++) {
            int without = held;
            TrainedModel seen = fit(rows(row -> fold[row] != without), card);
            for (int row : rows(row -> fold[row] == without)) {
                Text text = Text.of(outcomes.get(row).prompt());
                ofText[row] = seen.scorer().score(text);
                sums[row] = ofText[row];
                Optional<float[]> vector = embedded ? Optional.of(embeddings.get(row)) : Optional.empty();
                if (seen.vector().isPresent()) {
                    sums[row] +=
                            seen.vector().get().linear().score(seen.vectorizer().features(embeddings.get(row)));
                }
                Reading reading = Reading.of(Question.of(outcomes.get(row).prompt()));
                traits.set(row, seen.traits(text, reading, vector));
            }
        }
        TrainedModel whole = fit(rows(row -> true), card);
        Map<String, String> scored = new LinkedHashMap<>(card);
        scored.put("scores", scores(embedded ? sums : ofText));
        return new TrainedModel(
                scored,
                whole.vectorizer(),
                Familiarity.learn(traits),
                whole.centres(),
                whole.text(),
                platt(ofText),
                whole.vector(),
                platt(sums));
    }

    /** Fits to some of the outcomes; what the scores mean remains to be found out from the others. */
    private TrainedModel fit(int[] rows, Map<String, String> card) {
        List<float[]> vectors = pick(embeddings, rows);
        List<Outcome> results = pick(outcomes, rows);
        Vectorizer vectorizer = Vectorizer.learn(each(results, one -> one), vectors);
        LinearSGDModel text = SgdTraining.fit(each(results, vectorizer::features), results, source);
        Optional<Fitted> vector = vectors.isEmpty()
                ? Optional.empty()
                : Optional.of(Fitted.of(SgdTraining.fit(
                        () -> vectors.stream().map(vectorizer::features).iterator(), results, source)));
        return new TrainedModel(
                card,
                vectorizer,
                Familiarity.learn(List.of()),
                Centres.learn(vectors),
                Fitted.of(text),
                new Platt(1, 0),
                vector,
                new Platt(1, 0));
    }

    /** Each text is read when its turn comes: all of them at once would take a hundred times the room of the prompts. */
    private static <T> Iterable<T> each(List<Outcome> outcomes, Function<Text, T> reading) {
        return () -> outcomes.stream()
                .map(one -> reading.apply(Text.of(one.prompt())))
                .iterator();
    }

    private Platt platt(double[] scores) {
        return Platt.fit(scores, needs());
    }

    private boolean[] needs() {
        boolean[] needs = new boolean[outcomes.size()];
        for (int i = 0; i < needs.length; i++) {
            needs[i] = outcomes.get(i).needsStrong();
        }
        return needs;
    }

    private String scores(double[] scores) {
        Platt odds = platt(scores);
        double[] probabilities = DoubleStream.of(scores)
                .map(score -> Platt.logistic(odds.logit(score)))
                .toArray();
        return Reliability.of(probabilities, needs()) + " (on parts that it had not seen, " + FOLDS + " in turn)";
    }

    private int[] rows(IntPredicate which) {
        return IntStream.range(0, outcomes.size()).filter(which).toArray();
    }

    private static <T> List<T> pick(List<T> all, int[] rows) {
        return all.isEmpty() ? List.of() : IntStream.of(rows).mapToObj(all::get).toList();
    }

    private static int[] drawn(int count) {
        List<Integer> rows = new ArrayList<>(IntStream.range(0, count).boxed().toList());
        if (count > MOST) {
            Collections.shuffle(rows, new Random(SgdTraining.SEED));
        }
        return rows.stream().limit(MOST).mapToInt(Integer::intValue).sorted().toArray();
    }

    private static int[] folds(int count) {
        List<Integer> folds = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            folds.add(i % FOLDS);
        }
        Collections.shuffle(folds, new Random(SgdTraining.SEED));
        return folds.stream().mapToInt(Integer::intValue).toArray();
    }
}
