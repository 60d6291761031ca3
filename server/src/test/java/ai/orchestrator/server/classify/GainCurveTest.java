package ai.orchestrator.server.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.orchestrator.server.classify.GainCurve.Scored;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class GainCurveTest {
    private static final double EXACT = 1e-12;

    private static Scored needed(double score) {
        return new Scored(score, false, true);
    }

    private static Scored both(double score) {
        return new Scored(score, true, true);
    }

    private static Scored neither(double score) {
        return new Scored(score, false, false);
    }

    private static Scored harmed(double score) {
        return new Scored(score, true, false);
    }

    /** Ten questions, so that every tenth of them is one: needed, needed, both, neither, harmed, needed, both, both, both, both. */
    private static GainCurve ten() {
        return GainCurve.of(List.of(
                both(0.1),
                needed(0.9),
                needed(1.0),
                both(0.8),
                neither(0.7),
                harmed(0.6),
                needed(0.5),
                both(0.4),
                both(0.3),
                both(0.2)));
    }

    @Test
    void agreesWithWhatIsReckonedByHand() {
        GainCurve curve = ten();

        // gained after each: 0 1 2 2 2 1 2 2 2 2 2, of 2 in all
        assertThat(curve.size()).isEqualTo(10);
        assertThat(curve.quality(0)).isEqualTo(0.6);
        assertThat(curve.quality(1)).isEqualTo(0.8);
        assertThat(curve.quality(0.5)).isEqualTo(0.7);
        assertThat(curve.quality(0.15)).isCloseTo(0.75, within(EXACT));
        // (0/2 + 1+2+2+2+1+2+2+2+2 + 2/2) / 10 / 2
        assertThat(curve.apgr()).hasValueCloseTo(0.85, within(EXACT));
        assertThat(curve.shareToRecover(0.5)).hasValue(0.1);
        assertThat(curve.shareToRecover(0.8)).hasValue(0.2);
        // 0.95 of 0.8 is 0.76
        assertThat(curve.shareForQuality(0.95)).hasValue(0.2);
    }

    @Test
    void expectsTheMeanOfQuestionsThatAreEquallyHard() {
        GainCurve curve = GainCurve.of(List.of(needed(0.5), both(0.5), both(0.5), both(0.5)));

        assertThat(curve.apgr()).hasValueCloseTo(0.5, within(EXACT));
        assertThat(curve.recovered(0.25)).hasValueCloseTo(0.25, within(EXACT));
        assertThat(curve.shareToRecover(0.5)).hasValue(0.5);
        assertThat(curve.shareToRecover(0.8)).hasValue(1.0);
    }

    @Test
    void hasNothingToRecoverWhereTheLargeModelIsNoBetter() {
        GainCurve curve = GainCurve.of(List.of(both(0.1), harmed(0.2)));

        assertThat(curve.apgr()).isEmpty();
        assertThat(curve.recovered(0.5)).isEmpty();
        assertThat(curve.shareToRecover(0.5)).isEmpty();
        assertThat(curve.shareForQuality(0.95)).hasValue(0.0);
    }

    @Provide
    static Arbitrary<List<Scored>> questions() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 20).map(score -> score / 20.0),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false))
                .as(Scored::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(60);
    }

    @Property
    void isHalfForOneScoreForAll(@ForAll("questions") List<Scored> questions) {
        GainCurve curve = GainCurve.of(questions.stream()
                .map(one -> new Scored(0.3, one.weakCorrect(), one.strongCorrect()))
                .toList());
        Assume.that(curve.apgr().isPresent());

        assertThat(curve.apgr()).hasValueCloseTo(0.5, within(1e-9));
    }

    @Property
    void isNowhereAboveThatOfOneWhoKnowsTheOutcomes(@ForAll("questions") List<Scored> questions) {
        GainCurve curve = GainCurve.of(questions);
        GainCurve best = GainCurve.of(questions.stream()
                .map(one -> new Scored(one.gain(), one.weakCorrect(), one.strongCorrect()))
                .toList());

        for (int percent = 0; percent <= 100; percent++) {
            assertThat(curve.quality(percent / 100.0)).isLessThanOrEqualTo(best.quality(percent / 100.0) + 1e-9);
        }
    }

    @Property
    void doesNotDependOnTheOrderOfTheRows(@ForAll("questions") List<Scored> questions) {
        GainCurve curve = GainCurve.of(questions);
        GainCurve turned = GainCurve.of(questions.reversed());

        assertThat(IntStream.rangeClosed(0, 10).mapToObj(i -> turned.quality(i / 10.0)))
                .zipSatisfy(
                        IntStream.rangeClosed(0, 10)
                                .mapToObj(i -> curve.quality(i / 10.0))
                                .toList(),
                        (one, other) -> assertThat(one).isCloseTo(other, within(1e-9)));
    }
}
