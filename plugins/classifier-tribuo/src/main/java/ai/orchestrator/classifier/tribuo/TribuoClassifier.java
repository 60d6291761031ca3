package ai.orchestrator.classifier.tribuo;

import ai.orchestrator.classifier.tribuo.ModelStore.Loaded;
import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.classify.Classification;
import ai.orchestrator.plugin.classify.Complexity;
import ai.orchestrator.plugin.classify.Outcome;
import ai.orchestrator.plugin.classify.Question;
import ai.orchestrator.plugin.classify.TrainableClassifier;
import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Classifies by a model that was trained, and trains one. */
final class TribuoClassifier implements TrainableClassifier {
    private final CurrentModel current;
    private final ModelStore store;
    private final TribuoSettings settings;
    private final Clock clock;

    TribuoClassifier(ModelStore store, TribuoSettings settings, Clock clock) {
        this.store = store;
        this.settings = settings;
        this.clock = clock;
        this.current = new CurrentModel(store, clock);
    }

    @Override
    public Optional<String> embeddingModel() {
        return settings.embedding();
    }

    @Override
    public Classification classify(Question question) {
        Loaded loaded = current.get();
        return classify(loaded, loaded.model().judge(question));
    }

    @Override
    public Classification classify(Question question, float[] embedding) {
        Loaded loaded = current.get();
        return classify(loaded, loaded.model().judge(question, Optional.of(embedding)));
    }

    @Override
    public double need(Question question) {
        return current.get().model().judge(question).need();
    }

    @Override
    public double need(Question question, float[] embedding) {
        return current.get().model().judge(question, Optional.of(embedding)).need();
    }

    @Override
    public void train(List<Outcome> outcomes, List<float[]> embeddings, String source) {
        long needs = outcomes.stream().filter(Outcome::needsStrong).count();
        Map<String, String> card = new LinkedHashMap<>();
        card.put("trained on", source);
        card.put(
                "outcomes",
                outcomes.size() + ", the large model needed in " + needs
                        + (outcomes.size() > ModelTraining.MOST
                                ? "; learnt from " + ModelTraining.MOST + " of them, drawn at random"
                                : ""));
        card.put("date", LocalDate.now(clock).toString());
        card.put(
                "trainer",
                "Tribuo 4.3.2 LinearSGDTrainer, log loss, " + SgdTraining.EPOCHS + " epochs, seed " + SgdTraining.SEED);
        card.put("vectors", embeddings.isEmpty() ? "none" : settings.embedding().orElse("unknown"));
        store.save(ModelFile.write(ModelTraining.train(outcomes, embeddings, source, card)));
        current.reload();
    }

    @Override
    public Map<String, String> card() {
        Loaded loaded = current.get();
        Map<String, String> card = new LinkedHashMap<>();
        card.put("model", loaded.fingerprint() + ", " + loaded.origin());
        card.putAll(loaded.model().card());
        Tiers tiers = tiers(loaded);
        card.put("tiers", "low below " + tiers.lowBelow() + ", high above " + tiers.highAbove());
        if (!loaded.problem().isEmpty()) {
            card.put("problem", loaded.problem());
        }
        return card;
    }

    @Override
    public Threshold threshold() {
        return new Threshold(
                tiers(current.get()).highAbove(), settings.highAbove().isPresent());
    }

    @Override
    public Threshold moveThreshold(double highAbove) {
        store.saveThreshold(highAbove, current.get().fingerprint());
        current.reload();
        return threshold();
    }

    @Override
    public Health health() {
        return current.health();
    }

    @Override
    public void close() {
        current.close();
    }

    private Classification classify(Loaded loaded, Verdict verdict) {
        Tiers tiers = tiers(loaded);
        Complexity complexity = tiers.of(verdict.need(), verdict.reading());
        return new Classification(complexity, tiers.confidence(verdict.need()), Reasons.of(verdict, complexity));
    }

    /** What the settings say, else what was calibrated, else what comes with the program. */
    private Tiers tiers(Loaded loaded) {
        double highAbove = settings.highAbove().orElse(loaded.highAbove().orElse(Tiers.HIGH_ABOVE));
        return new Tiers(Math.min(settings.lowBelow(), highAbove), highAbove);
    }
}
