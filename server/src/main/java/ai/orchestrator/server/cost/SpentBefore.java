package ai.orchestrator.server.cost;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What was spent before this process began, by day and tenant. */
public record SpentBefore(List<Sum> sums) {
    /** Nothing that is known of. */
    public static final SpentBefore NOTHING = new SpentBefore(List.of());

    public SpentBefore {
        sums = List.copyOf(sums);
    }

    /** One tenant's of one day, in US dollars. */
    public record Sum(LocalDate day, String tenant, BigDecimal usd) {}

    BigDecimal since(LocalDate from) {
        return sums.stream()
                .filter(sum -> !sum.day().isBefore(from))
                .map(Sum::usd)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    BigDecimal since(LocalDate from, String tenant) {
        return sums.stream()
                .filter(sum -> sum.tenant().equals(tenant) && !sum.day().isBefore(from))
                .map(Sum::usd)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    Set<String> tenants() {
        return sums.stream().map(Sum::tenant).collect(Collectors.toSet());
    }
}
