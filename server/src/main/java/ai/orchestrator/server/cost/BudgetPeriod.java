package ai.orchestrator.server.cost;

import ai.orchestrator.server.config.MoneyConfig.Budget;
import ai.orchestrator.server.config.MoneyConfig.Period;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.YearMonth;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was spent, and what is set aside, of one budget in one of its days or months. Guarded by its {@link Budgets}. */
final class BudgetPeriod {
    private static final Logger LOG = LoggerFactory.getLogger(BudgetPeriod.class);
    private static final BigDecimal NEAR = new BigDecimal("0.8");

    private final Budget budget;
    private final String whose;
    private final LocalDate from;
    private BigDecimal spent;
    private BigDecimal reserved = BigDecimal.ZERO;
    private boolean nearTold;
    private boolean reachedTold;
    private boolean shortTold;

    /**
     * A day or month of a budget.
     *
     * @param whose a phrase such as {@code for tenant a}
     * @param spent so far
     */
    BudgetPeriod(Budget budget, String whose, LocalDate from, BigDecimal spent) {
        this.budget = budget;
        this.whose = whose;
        this.from = from;
        this.spent = spent;
        tell();
    }

    /** The first day of a budget's period that a day is in. */
    static LocalDate begin(Budget budget, LocalDate day) {
        return budget.per() == Period.MONTH ? day.withDayOfMonth(1) : day;
    }

    LocalDate from() {
        return from;
    }

    /** The first day that is not in it. */
    LocalDate until() {
        return budget.per() == Period.MONTH ? YearMonth.from(from).plusMonths(1).atDay(1) : from.plusDays(1);
    }

    Budget budget() {
        return budget;
    }

    BigDecimal spent() {
        return spent;
    }

    BigDecimal reserved() {
        return reserved;
    }

    /** Whether so much more can be spent, whatever those cost for which money is set aside. */
    boolean allows(BigDecimal most) {
        return spent.add(reserved).add(most).compareTo(budget.usd()) <= 0;
    }

    /** Whether it could, if what is set aside came back. */
    boolean wouldAllow(BigDecimal most) {
        return spent.add(most).compareTo(budget.usd()) <= 0;
    }

    void reserve(BigDecimal amount) {
        reserved = reserved.add(amount);
    }

    /** Books a cost, or takes part of one back. */
    void spend(BigDecimal cost) {
        spent = spent.add(cost);
        tell();
    }

    /** What is left did not cover an answer that may cost so much. */
    void tellTooLittleIsLeft(BigDecimal most) {
        if (!shortTold && !reachedTold) {
            shortTold = true;
            LOG.warn(
                    "The budget of {} US dollars a {} {} does not cover an answer that may cost {}: {} spent; {}",
                    limit(),
                    per(),
                    whose,
                    shown(most),
                    shown(spent),
                    consequence());
        }
    }

    private void tell() {
        if (spent.compareTo(budget.usd()) >= 0 && spent.signum() > 0) {
            tellReached();
        } else if (!nearTold && spent.compareTo(near()) >= 0 && spent.signum() > 0) {
            nearTold = true;
            LOG.warn(
                    "The budget of {} US dollars a {} {} is nearly reached: {} spent",
                    limit(),
                    per(),
                    whose,
                    shown(spent));
        }
    }

    private void tellReached() {
        if (!reachedTold) {
            reachedTold = true;
            nearTold = true;
            LOG.warn(
                    "The budget of {} US dollars a {} {} is reached: {} spent; until {} UTC, {}",
                    limit(),
                    per(),
                    whose,
                    shown(spent),
                    until(),
                    consequence());
        }
    }

    private BigDecimal near() {
        return budget.usd().multiply(NEAR);
    }

    private String limit() {
        return budget.usd().toPlainString();
    }

    private String consequence() {
        return switch (budget.action()) {
            case LOCAL -> "models that might cost more are passed over";
            case REFUSE -> "what needs a model that might cost more is refused";
        };
    }

    private static String shown(BigDecimal amount) {
        return amount.setScale(Math.min(amount.scale(), 6), RoundingMode.HALF_UP)
                .toPlainString();
    }

    private String per() {
        return budget.per() == Period.MONTH ? "month" : "day";
    }
}
