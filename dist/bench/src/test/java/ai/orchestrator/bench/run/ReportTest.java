package ai.orchestrator.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    private static final Samples FLOOR = new Samples(List.of(100.0, 50.0, 104.0));
    private static final Samples OWN = new Samples(List.of(98.0, 49.0, 90.0));

    @TempDir
    Path folder;

    @Test
    void aMedianIsOfTheMiddle() {
        assertThat(FLOOR.median()).isEqualTo(100);
        assertThat(new Samples(List.of(4.0, 1.0, 2.0, 3.0)).median()).isEqualTo(2.5);
        assertThatThrownBy(() -> new Samples(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRatioComparesEachRoundWithItself() {
        assertThat(OWN.ratioTo(FLOOR)).isEqualTo(0.98);
    }

    @Test
    void theTableTellsWhetherABudgetIsKept() {
        assertThat(report(0.97).table()).isEqualTo("""
                | Scenario | Subject | Median | Least to most | Ratio | Budget | Kept |
                |---|---|---|---|---|---|---|
                | speed | engine | 100.0 tokens/s | 50.0 to 104.0 |  |  |  |
                | speed | product | 90.0 tokens/s | 49.0 to 98.0 | 0.980 | ratio >= 0.97 | yes |
                """);
        assertThat(report(0.97).allMet()).isTrue();
        assertThat(report(0.99).allMet()).isFalse();
    }

    @Test
    void aMostIsComparedWithTheMedian() {
        Result.Most budget = new Result.Most(100, "ms");

        assertThat(budget.isMetBy(Result.floor("s", "t", "ms", FLOOR))).isTrue();
        assertThat(new Result.Most(99, "ms").isMetBy(Result.floor("s", "t", "ms", FLOOR)))
                .isFalse();
    }

    @Test
    void anAlwaysIsComparedWithEachSample() {
        Result.AlwaysMost budget = new Result.AlwaysMost(103, "ms");

        assertThat(budget.isMetBy(Result.floor("s", "t", "ms", OWN))).isTrue();
        assertThat(budget.isMetBy(Result.floor("s", "t", "ms", FLOOR))).isFalse();
    }

    @Test
    void figuresHaveAsManyDigitsAsSaySomething() {
        assertThat(List.of(
                        Figure.of(94_321.4), Figure.of(106.25), Figure.of(9.876), Figure.of(0.2154), Figure.of(-0.5)))
                .containsExactly("94321", "106.3", "9.88", "0.215", "-0.500");
    }

    @Test
    void roundsAreComparedWithTheirOwn() {
        assertThat(OWN.above(FLOOR).values()).containsExactly(-2.0, -1.0, -14.0);
    }

    @Test
    void notesStandBelowTheTableOnceEach() {
        Measured nothing = Measured.nothing("redis-hit", "there is no Redis");
        Report report = new Report(report(0.97).setup(), List.of(nothing, nothing));

        assertThat(report.table()).isEqualTo("""
                | Scenario | Subject | Median | Least to most | Ratio | Budget | Kept |
                |---|---|---|---|---|---|---|

                redis-hit was not measured: there is no Redis
                """);
        assertThat(report.allMet()).isTrue();
    }

    @Test
    void theFileHasEverySample() throws Exception {
        Path file = folder.resolve("bench.json");
        report(0.99).writeJson(file);

        JsonNode json = new ObjectMapper().readTree(file.toFile());
        assertThat(json.path("setup").path("tokens").asInt()).isEqualTo(128);
        JsonNode own = json.path("results").path(1);
        assertThat(own.path("subject").asText()).isEqualTo("product");
        assertThat(own.path("samples")).hasSize(3);
        assertThat(own.path("ratio").asDouble()).isEqualTo(0.98);
        assertThat(own.path("kept").asBoolean(true)).isFalse();
    }

    private static Report report(double least) {
        Result product = new Result(
                "speed",
                "product",
                "tokens/s",
                OWN,
                OptionalDouble.of(OWN.ratioTo(FLOOR)),
                Optional.of(new Result.LeastRatio(least)));
        Setup setup = new Setup(
                Path.of("tree"),
                Path.of("m.gguf"),
                Path.of(""),
                new Setup.Writing(Optional.empty(), Optional.empty(), 2, 40, 5, 128),
                new Setup.Loading(Optional.empty(), Optional.empty(), 5, Duration.ofSeconds(5), Optional.empty()));
        Measured first = Measured.of(List.of(Result.floor("speed", "engine", "tokens/s", FLOOR)));
        return new Report(setup, List.of(first, Measured.of(List.of(product))));
    }
}
