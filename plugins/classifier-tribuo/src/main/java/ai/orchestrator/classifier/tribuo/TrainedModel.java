package ai.orchestrator.classifier.tribuo;

import ai.orchestrator.classifier.signals.Reading;
import ai.orchestrator.plugin.classify.Question;
import java.util.Map;
import java.util.Optional;

/**
 * All that was learnt: a linear model of the text, and one of its vector. Their scores add up.
 *
 * @param card what is known of it, for people
 * @param textOdds what the score of the text alone means
 * @param vector the model of the vector; empty where it learnt without any
 * @param sumOdds what the sum of both scores means
 * @param scorer the model of the text, as it is used
 */
record TrainedModel(
        Map<String, String> card,
        Vectorizer vectorizer,
        Familiarity familiarity,
        Centres centres,
        Fitted text,
        Platt textOdds,
        Optional<Fitted> vector,
        Platt sumOdds,
        TextScorer scorer) {
    private static final double JUST_ABOVE = 0.05;
    /** What the signals of an unfamiliar question mean: so few points are as likely as a tier's border, so many as the other's. */
    private static final double LOW = Platt.oddsOf(Tiers.LOW_BELOW);

    private static final double HIGH = Platt.oddsOf(Tiers.HIGH_ABOVE) + JUST_ABOVE;
    private static final double FURTHEST = 3;
    private static final double PORTION = 100;

    TrainedModel(
            Map<String, String> card,
            Vectorizer vectorizer,
            Familiarity familiarity,
            Centres centres,
            Fitted text,
            Platt textOdds,
            Optional<Fitted> vector,
            Platt sumOdds) {
        this(
                card,
                vectorizer,
                familiarity,
                centres,
                text,
                textOdds,
                vector,
                sumOdds,
                new TextScorer(vectorizer, text.linear()));
    }

    /** Of the text alone. */
    Verdict judge(Question question) {
        return judge(question, Optional.empty());
    }

    /** With the vector, where there is one of the right length and the model learnt from some. */
    Verdict judge(Question question, Optional<float[]> embedding) {
        Text read = Text.of(question.text());
        Reading reading = Reading.of(question);
        Optional<float[]> usable = vector.isPresent()
                ? embedding.filter(one -> one.length == vectorizer.embeddingMean().length)
                : Optional.empty();
        double ofText = scorer.score(read);
        double ofVector =
                usable.isPresent() ? vector.orElseThrow().linear().score(vectorizer.features(usable.get())) : 0;
        double learnt = usable.isPresent() ? sumOdds.logit(ofText + ofVector) : textOdds.logit(ofText);
        double familiar = familiarity.of(traits(read, reading, usable), usable.isPresent());
        double logit = familiar * learnt + (1 - familiar) * prior(reading.points());
        return new Verdict(Platt.logistic(logit), familiar, reading, read, scorer, ofVector);
    }

    Familiarity.Traits traits(Text read, Reading reading, Optional<float[]> embedding) {
        return new Familiarity.Traits(
                vectorizer.known(read),
                Math.log1p(read.length()),
                -reading.work() / Math.max(1, read.length() / PORTION),
                embedding.map(centres::similarity).orElse(0.0));
    }

    /** The odds by a question's signals alone, between those that nobody would call sure. */
    static double prior(double points) {
        double slope = (HIGH - LOW) / (Reading.MANY - Reading.SOME);
        return Math.clamp(LOW + slope * (points - Reading.SOME), LOW - FURTHEST, HIGH + FURTHEST);
    }
}
