package ai.orchestrator.server.http.websearch;

import ai.orchestrator.plugin.model.FinishReason;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.Usage;
import ai.orchestrator.server.orchestration.AnswerEnd;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** What all legs of an answer took together. */
final class Totals {
    private final List<Usage> usages = new ArrayList<>();
    private final List<AnswerEnd> ends = new ArrayList<>();

    void add(Leg leg) {
        usages.add(leg.finished().usage());
        ends.add(leg.end());
    }

    /** The end of the answer, with the counts of all legs. */
    ModelEvent.Finished finished(FinishReason reason, String stopText) {
        return new ModelEvent.Finished(
                reason,
                new Usage(
                        count(Usage::promptTokens),
                        count(Usage::cachedPromptTokens),
                        count(Usage::completionTokens),
                        time(Usage::load),
                        time(Usage::promptEval),
                        time(Usage::eval),
                        sum(usages, Usage::costUsd),
                        usages.getLast().servedModel()),
                stopText);
    }

    AnswerEnd end() {
        return new AnswerEnd(
                sum(ends, AnswerEnd::costUsd),
                ends.stream().map(AnswerEnd::overhead).reduce(Duration.ZERO, Duration::plus));
    }

    private int count(ToIntFunction<Usage> part) {
        return usages.stream().mapToInt(part).sum();
    }

    private Duration time(Function<Usage, Duration> part) {
        return usages.stream().map(part).reduce(Duration.ZERO, Duration::plus);
    }

    /** Unknown as soon as one part is. */
    private static <T> Optional<BigDecimal> sum(List<T> parts, Function<T, Optional<BigDecimal>> cost) {
        Optional<BigDecimal> sum = Optional.of(BigDecimal.ZERO);
        for (T part : parts) {
            Optional<BigDecimal> next = cost.apply(part);
            sum = sum.flatMap(so -> next.map(so::add));
        }
        return sum;
    }
}
