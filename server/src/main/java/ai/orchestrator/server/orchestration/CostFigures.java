package ai.orchestrator.server.orchestration;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * Sums over answers. Money is in US dollars.
 *
 * @param calls calls of models
 * @param hits answers that came out of the cache
 * @param shared answers that were made for somebody else's identical request
 * @param promptTokens tokens that models read
 * @param completionTokens tokens that models wrote
 * @param spent on calls whose cost is known
 * @param assumed what budgets take calls to have cost whose cost is not known
 * @param saved what all these answers would have cost on the High route and did not, as far as that is known
 * @param estimated calls whose tokens and cost are this server's estimate
 * @param unknown calls whose cost nobody knows
 */
public record CostFigures(
        long calls,
        long hits,
        long shared,
        long promptTokens,
        long completionTokens,
        BigDecimal spent,
        BigDecimal assumed,
        BigDecimal saved,
        long estimated,
        long unknown) {
    /** No answers. */
    public static final CostFigures NONE =
            new CostFigures(0, 0, 0, 0, 0, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, 0, 0);

    /** One call of a model. */
    public static CostFigures ofCall(
            int promptTokens,
            int completionTokens,
            Optional<BigDecimal> cost,
            Optional<BigDecimal> assumed,
            boolean estimated) {
        return new CostFigures(
                1,
                0,
                0,
                promptTokens,
                completionTokens,
                cost.orElse(BigDecimal.ZERO),
                assumed.orElse(BigDecimal.ZERO),
                BigDecimal.ZERO,
                estimated ? 1 : 0,
                cost.isPresent() ? 0 : 1);
    }

    /** What an answer saved; a call of a model that made it is counted by {@link #ofCall}. */
    public static CostFigures ofSaving(CacheStatus status, Optional<BigDecimal> saved) {
        return new CostFigures(
                0,
                status == CacheStatus.HIT ? 1 : 0,
                status == CacheStatus.SHARED ? 1 : 0,
                0,
                0,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                saved.orElse(BigDecimal.ZERO),
                0,
                0);
    }

    /** Both together. */
    public CostFigures plus(CostFigures other) {
        return new CostFigures(
                calls + other.calls,
                hits + other.hits,
                shared + other.shared,
                promptTokens + other.promptTokens,
                completionTokens + other.completionTokens,
                spent.add(other.spent),
                assumed.add(other.assumed),
                saved.add(other.saved),
                estimated + other.estimated,
                unknown + other.unknown);
    }

    /** These without the others. */
    public CostFigures minus(CostFigures other) {
        return plus(new CostFigures(
                -other.calls,
                -other.hits,
                -other.shared,
                -other.promptTokens,
                -other.completionTokens,
                other.spent.negate(),
                other.assumed.negate(),
                other.saved.negate(),
                -other.estimated,
                -other.unknown));
    }
}
