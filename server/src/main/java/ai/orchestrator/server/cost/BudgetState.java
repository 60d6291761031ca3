package ai.orchestrator.server.cost;

import ai.orchestrator.server.config.MoneyConfig.Budget;
import ai.orchestrator.server.config.MoneyConfig.Whose;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How a budget is doing.
 *
 * @param tenant whose it is; empty for everybody's
 * @param from the first day of the period; empty for a budget for single requests
 */
public record BudgetState(
        Budget budget, Optional<String> tenant, Optional<LocalDate> from, BigDecimal spent, BigDecimal reserved) {

    static BudgetState of(BudgetPeriod period, String tenant) {
        return new BudgetState(
                period.budget(),
                period.budget().whose() instanceof Whose.Everybody ? Optional.empty() : Optional.of(tenant),
                Optional.of(period.from()),
                period.spent(),
                period.reserved());
    }

    static BudgetState ofRequests(Budget budget) {
        Optional<String> tenant =
                budget.whose() instanceof Whose.Tenant(String name) ? Optional.of(name) : Optional.empty();
        return new BudgetState(budget, tenant, Optional.empty(), BigDecimal.ZERO, BigDecimal.ZERO);
    }

    /** As {@code /api/stats} shows it. */
    public Map<String, Object> shown() {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("per", budget.per().name().toLowerCase(Locale.ROOT));
        tenant.ifPresent(name -> shown.put("tenant", name));
        from.ifPresent(day -> shown.put("from", day.toString()));
        shown.put("limit_usd", plain(budget.usd()));
        if (from.isPresent()) {
            shown.put("spent_usd", plain(spent));
            shown.put("reserved_usd", plain(reserved));
        }
        shown.put("action", budget.action().name().toLowerCase(Locale.ROOT));
        return shown;
    }

    /** Without zeros at the end. */
    private static BigDecimal plain(BigDecimal amount) {
        BigDecimal stripped = amount.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
