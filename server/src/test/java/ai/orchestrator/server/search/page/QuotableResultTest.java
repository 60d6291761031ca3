package ai.orchestrator.server.search.page;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.server.orchestration.WebSearch.Fit;
import ai.orchestrator.server.orchestration.WebSearch.Result;
import ai.orchestrator.server.orchestration.WebSearch.Why;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class QuotableResultTest {
    private static double score(Optional<Fit> fit) {
        Result result = new Result(
                "Title", "doc:a", "A snippet.", 1, List.of("local"), Optional.empty(), new Why(List.of(), 1, fit));
        return QuotableResult.unread(result).passages().getFirst().score();
    }

    private static Optional<Fit> meaning(OptionalDouble meaning) {
        return Optional.of(new Fit(0, meaning, OptionalDouble.empty()));
    }

    @Test
    void aSnippetFitsUnlessItsMeaningIsAnother() {
        assertThat(score(Optional.empty())).isPositive();
        assertThat(score(meaning(OptionalDouble.empty()))).isPositive();
        assertThat(score(meaning(OptionalDouble.of(0.3)))).isPositive();
        assertThat(score(meaning(OptionalDouble.of(0.02)))).isZero();
    }
}
