package ai.orchestrator.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.orchestrator.plugin.classify.Classification;
import ai.orchestrator.plugin.classify.Complexity;
import ai.orchestrator.plugin.classify.ComplexityClassifier;
import ai.orchestrator.plugin.classify.Outcome;
import ai.orchestrator.plugin.classify.TrainableClassifier.Threshold;
import ai.orchestrator.server.classify.ClassifierDesk;
import ai.orchestrator.server.classify.FakeLearner;
import ai.orchestrator.server.classify.LengthEmbedder;
import ai.orchestrator.server.cli.CommandRun.Program;
import ai.orchestrator.server.cli.OrchestratorCommand.OpenClassifier;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassifierCommandTest {
    private static final String HEADER = "prompt\tweak_correct\tstrong_correct\n";

    @TempDir
    Path home;

    private final FakeLearner learner = new FakeLearner();
    private final LengthEmbedder embedder = new LengthEmbedder();
    private final AtomicBoolean closed = new AtomicBoolean();
    private Program program = new Program(Path.of(""));

    @BeforeEach
    void newHome() {
        program = new Program(home).configured("server: {port: 1234}");
        use(learner);
    }

    private void use(ComplexityClassifier classifier) {
        program.classifier = (config, folder) ->
                new OpenClassifier(new ClassifierDesk("fake", classifier, List.of(embedder)), () -> closed.set(true));
    }

    private String table(String rows) throws IOException {
        return Files.writeString(home.resolve("table.tsv"), rows).toString();
    }

    @Test
    void trainsWithVectorsAndTellsWhatWasLeftOut() throws Exception {
        learner.wants = Optional.of(LengthEmbedder.MODEL);
        String file = table(HEADER + "one\t0\t1\ntwo\t1\t1\nthree\t\t1\n");

        CommandRun run = program.run("classifier", "train", file);
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out())
                .contains(
                        "learnt from 2 outcomes",
                        "left out: 1 that do not say how both models did",
                        "trained on: 2 outcomes");
        assertThat(learner.learnt).containsExactly(new Outcome("one", false, true), new Outcome("two", true, true));
        assertThat(learner.vectors).hasSize(2);
        assertThat(closed).isTrue();
    }

    @Test
    void evaluatesTheModelInUse() throws Exception {
        String file = table(HEADER + "a\t1\t1\nabcd\t0\t1\nab\t0\t0\nabc\t0\t1\n");

        JsonNode json = program.run("classifier", "evaluate", file, "--json").json();
        // hardest first: needed, needed, neither, both; gained 0 1 2 2 2 of 2
        assertThat(json.get("n").asInt()).isEqualTo(4);
        assertThat(json.get("apgr").asDouble())
                .isCloseTo((0.2 + 0.4 + 0.6 + 0.8 + 1 + 1 + 1 + 1 + 1 + 0.5) / 10, within(1e-9));
        assertThat(json.get("cpt50").asDouble()).isEqualTo(0.25);
        assertThat(json.get("cpt80").asDouble()).isEqualTo(0.5);
        assertThat(json.get("cpt95q").asDouble()).isEqualTo(0.5);
        assertThat(json.get("weak").asDouble()).isEqualTo(0.25);
        assertThat(json.get("strong").asDouble()).isEqualTo(0.75);
        assertThat(json.get("decision_p99_ms").asDouble())
                .isGreaterThanOrEqualTo(json.get("decision_p50_ms").asDouble());

        assertThat(program.run("classifier", "evaluate", file).out())
                .contains("APGR 0.75", "CPT(50%) 0.25", "right answers");
    }

    @Test
    void evaluatesOneThatGivesNoProbabilitiesByItsTiers() throws Exception {
        use(question -> new Classification(
                question.text().length() > 2 ? Complexity.HIGH : Complexity.LOW, 1, List.of("length")));
        String file = table(HEADER + "a\t1\t1\nabcd\t0\t1\nab\t0\t0\nabc\t0\t1\n");

        assertThat(program.run("classifier", "evaluate", file, "--json")
                        .json()
                        .get("cpt80")
                        .asDouble())
                .isEqualTo(0.5);
    }

    @Test
    void saysThatThereIsNothingToRecover() throws Exception {
        CommandRun run = program.run("classifier", "evaluate", table(HEADER + "a\t1\t1\nab\t1\t0\n"), "--json");

        assertThat(run.json().get("apgr").isNull()).isTrue();
        assertThat(run.err()).contains("the large model did no better than the small one");
    }

    @Test
    void movesTheThresholdToAWantedShare() throws Exception {
        StringBuilder prompts = new StringBuilder("prompt\n");
        for (int i = 1; i <= 40; i++) {
            prompts.append("x".repeat(i)).append('\n');
        }
        String file = table(prompts.toString());

        JsonNode json = program.run("classifier", "calibrate", "--cloud-share", "0.25", file, "--json")
                .json();
        assertThat(json.get("n").asInt()).isEqualTo(40);
        assertThat(json.get("old_threshold").asDouble()).isEqualTo(0.5);
        assertThat(json.get("old_share").asDouble()).isZero();
        assertThat(json.get("new_threshold").asDouble()).isCloseTo(0.305, within(1e-9));
        assertThat(json.get("new_share").asDouble()).isEqualTo(0.25);
        assertThat(learner.threshold.highAbove()).isCloseTo(0.305, within(1e-9));

        assertThat(program.run("classifier", "calibrate", "--cloud-share", "0", file)
                        .out())
                .contains("a share of 0.250 was high and 0.000 is");
        assertThat(program.run("classifier", "calibrate", "--cloud-share", "1", file)
                        .out())
                .contains("a share of 0.000 was high and 1.000 is");
    }

    @Test
    void letsAConfiguredThresholdWinAndSaysWhatItWouldHaveToBe() throws Exception {
        learner.threshold = new Threshold(0.7, true);
        CommandRun run = program.run("classifier", "calibrate", "--cloud-share", "0.5", table("prompt\na\nab\n"));

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("'classifier.high_above' in orchestrator.yaml is 0.7 and wins", "0.0150");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0.1", "1.5", "NaN", "a quarter"})
    void refusesAShareThatIsNone(String share) throws Exception {
        CommandRun run = program.run("classifier", "calibrate", "--cloud-share", share, table("prompt\na\n"));

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("Invalid value for option '--cloud-share'");
    }

    @Test
    void refusesABadFileBeforeAnythingIsOpened() throws Exception {
        program.classifier = (config, folder) -> {
            throw new IllegalStateException("not to be opened");
        };
        for (String command : List.of("train", "evaluate")) {
            assertThat(program.run("classifier", command, table("prompt\tweak_correct\na\t1\n"))
                            .err())
                    .contains("table.tsv:1: there is no column strong_correct");
        }
        assertThat(program.run("classifier", "calibrate", "--cloud-share", "0.5", table("question\na\n"), "--json")
                        .json()
                        .get("error")
                        .asText())
                .contains("there is no column prompt");
    }

    @Test
    void saysThatAClassifierDoesNotLearn() throws Exception {
        use(question -> new Classification(Complexity.LOW, 1, List.of("always")));
        CommandRun run = program.run("classifier", "train", table(HEADER + "a\t0\t1\n"));

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("the classifier 'fake' does not learn: set 'classifier.kind' to one that does");
        assertThat(program.run("classifier", "show").out()).contains("the configured classifier has no model");
    }

    @Test
    void showsWhatIsKnownOfTheModel() throws Exception {
        assertThat(program.run("classifier", "show").out()).contains("trained on: 0 outcomes");
        assertThat(program.run("classifier", "show", "--json")
                        .json()
                        .get("trained on")
                        .asText())
                .isEqualTo("0 outcomes");
    }
}
