package ai.orchestrator.classifier.tribuo;

import ai.orchestrator.classifier.signals.Reading;
import ai.orchestrator.plugin.classify.Question;
import java.util.Map;
import java.util.Optional;

/**
 * All that was learnt.
 *
 * @param card what is known of it, for people
 * @param embedded the variant with vectors; empty where it learnt without any
 */
record TrainedModel(
        Map<String, String> card,
        Vectorizer vectorizer,
        Familiarity familiarity,
        Centres centres,
        Variant plain,
        Optional<Variant> embedded) {
    /** What the signals of an unfamiliar question mean: so few points are as likely as a tier's border, so many as the other's. */
    private static final double LOW = Platt.oddsOf(Tiers.LOW_BELOW);

    private static final double HIGH = Platt.oddsOf(Tiers.HIGH_ABOVE);
    private static final double FURTHEST = 3;

    /** Of the text alone. */
    Verdict judge(Question question) {
        return judge(question, Optional.empty());
    }

    /** With the vector, where there is one of the right length and the model learnt from some. */
    Verdict judge(Question question, Optional<float[]> embedding) {
        Text text = Text.of(question.text());
        Reading reading = Reading.of(question);
        Optional<float[]> vector = embedded.isPresent()
                ? embedding.filter(one -> one.length == vectorizer.embeddingMean().length)
                : Optional.empty();
        Variant variant = vector.isPresent() ? embedded.orElse(plain) : plain;
        Map<String, Double> features =
                vector.map(one -> vectorizer.features(text, one)).orElseGet(() -> vectorizer.features(text));
        double familiar = familiarity.of(traits(text, reading, vector), vector.isPresent());
        double learnt = variant.platt().logit(variant.linear().score(features));
        double logit = familiar * learnt + (1 - familiar) * prior(reading.points());
        return new Verdict(Platt.logistic(logit), familiar, reading, features, variant.linear());
    }

    Familiarity.Traits traits(Text text, Reading reading, Optional<float[]> vector) {
        return new Familiarity.Traits(
                vectorizer.known(text),
                Math.log1p(text.length()),
                -reading.points(),
                vector.map(centres::similarity).orElse(0.0));
    }

    /** The odds by a question's signals alone, between those that nobody would call sure. */
    static double prior(double points) {
        double slope = (HIGH - LOW) / (Reading.MANY - Reading.SOME);
        return Math.clamp(LOW + slope * (points - Reading.SOME), LOW - FURTHEST, HIGH + FURTHEST);
    }
}
