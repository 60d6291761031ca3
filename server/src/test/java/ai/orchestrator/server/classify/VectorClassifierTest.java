package ai.orchestrator.server.classify;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.classify.ComplexityClassifier;
import ai.orchestrator.plugin.classify.Question;
import ai.orchestrator.server.embed.UnitVectors;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class VectorClassifierTest {
    private static final Question QUESTION = Question.of("What is that?");

    private final FakeLearner learner = new FakeLearner();
    private final LengthEmbedder embedder = new LengthEmbedder();

    private String reason(Question question) {
        return VectorClassifier.of(learner, List.of(embedder))
                .classify(question)
                .reasons()
                .getFirst();
    }

    @Test
    void givesTheVectorThatIsAskedFor() {
        learner.wants = Optional.of(LengthEmbedder.MODEL);

        assertThat(reason(QUESTION)).isEqualTo("vector of 2");
        assertThat(embedder.texts).containsExactly("What is that?");
        assertThat(UnitVectors.find(LengthEmbedder.MODEL, List.of(embedder), UnitVectors.Reading.QUESTION)
                        .orElseThrow()
                        .embed(List.of("abc", ""))
                        .getFirst())
                .containsExactly((float) Math.sqrt(0.5), (float) Math.sqrt(0.5));
    }

    @Test
    void leavesAClassifierAloneThatAsksForNoneOrForOneThatNobodyHas() {
        assertThat(VectorClassifier.of(learner, List.of(embedder))).isSameAs((ComplexityClassifier) learner);

        learner.wants = Optional.of("other:latest");
        assertThat(reason(QUESTION)).isEqualTo("text alone");
        assertThat(embedder.texts).isEmpty();
    }

    @Test
    void goesWithoutAVectorThatFailsOrDoesNotCome() {
        learner.wants = Optional.of(LengthEmbedder.MODEL);
        embedder.fails = true;
        assertThat(reason(QUESTION)).isEqualTo("text alone");

        CountDownLatch gate = new CountDownLatch(1);
        embedder.gate = gate;
        assertThat(reason(QUESTION)).isEqualTo("text alone");
        gate.countDown();
    }

    @Test
    void embedsNoMoreOfALongTextThanItsBeginningAndItsEnd() {
        learner.wants = Optional.of(LengthEmbedder.MODEL);
        reason(Question.of("a".repeat(500_000) + "b".repeat(500_000)));

        assertThat(embedder.texts.getFirst())
                .hasSizeLessThan(3000)
                .startsWith("aaa")
                .endsWith("bbb");
        assertThat(reason(Question.of(" \n"))).isEqualTo("text alone");
    }
}
