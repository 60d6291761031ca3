package ai.orchestrator.server.config;

import ai.orchestrator.plugin.Settings;
import ai.orchestrator.plugin.model.Price;
import ai.orchestrator.server.config.AccessConfig.ApiKey;
import ai.orchestrator.server.config.MoneyConfig.Action;
import ai.orchestrator.server.config.MoneyConfig.Budget;
import ai.orchestrator.server.config.MoneyConfig.Period;
import ai.orchestrator.server.config.MoneyConfig.Whose;
import ai.orchestrator.server.yaml.NearestName;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the budgets, and what calls are taken to cost before they are made. */
final class MoneyReader {
    private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000_000);
    private static final int MOST_DIGITS = 12;
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
    private static final BigDecimal DEAR_PROMPT = BigDecimal.valueOf(15);
    private static final BigDecimal DEAR_COMPLETION = BigDecimal.valueOf(75);

    private final List<String> tenants;

    /** @param access names the tenants there are */
    MoneyReader(AccessConfig access) {
        this.tenants = access.keys().stream().map(ApiKey::tenant).distinct().toList();
    }

    MoneyConfig read(Section root) {
        List<Budget> budgets = root.sections("budgets", this::budget);
        return root.section("costs", costs -> costs(costs, budgets));
    }

    private static MoneyConfig costs(Section section, List<Budget> budgets) {
        Settings settings = section.settings();
        int maxTokens = (int) settings.number("max_tokens", 4096, 1, 10_000_000);
        Optional<Price> assumed = section.section("assumed_price", MoneyReader::price);
        boolean assume = oneOf(section, "unknown_price", Map.of("assume", true, "refuse", false))
                .orElse(true);
        return new MoneyConfig(budgets, maxTokens, assumed.filter(price -> assume));
    }

    private static Optional<Price> price(Section section) {
        return Optional.of(Price.perToken(
                perToken(section, "prompt_per_million", DEAR_PROMPT),
                perToken(section, "completion_per_million", DEAR_COMPLETION)));
    }

    private static BigDecimal perToken(Section section, String name, BigDecimal fallback) {
        return amount(section, name).orElse(fallback).divide(MILLION); // by a power of ten: exact
    }

    private Budget budget(Section section) {
        Period per = oneOf(section, "per", Map.of("request", Period.REQUEST, "day", Period.DAY, "month", Period.MONTH))
                .orElseThrow(() -> section.bad("per", "is required: request, day or month"));
        BigDecimal usd = amount(section, "usd").orElseThrow(() -> section.bad("usd", "is required"));
        Action action = oneOf(section, "action", Map.of("local", Action.LOCAL, "refuse", Action.REFUSE))
                .orElse(Action.LOCAL);
        return new Budget(per, whose(section), usd, action);
    }

    private Whose whose(Section section) {
        Optional<String> tenant = section.settings().optionalText("tenant");
        boolean each = section.settings().flag("each_tenant", false);
        if (tenant.isPresent() && each) {
            throw section.bad("tenant", "expected either 'tenant' or 'each_tenant'");
        }
        if (tenant.isPresent() && !tenants.contains(tenant.get())) {
            throw section.bad(
                    "tenant",
                    "no key in 'server.api_keys' has the tenant '" + tenant.get() + "'"
                            + (tenants.isEmpty() ? "" : NearestName.hint(tenant.get(), tenants)));
        }
        return tenant.<Whose>map(Whose.Tenant::new)
                .orElseGet(() -> each ? new Whose.EachTenant() : new Whose.Everybody());
    }

    private static Optional<BigDecimal> amount(Section section, String name) {
        Optional<BigDecimal> amount = section.settings().decimal(name);
        amount.ifPresent(value -> {
            if (value.signum() < 0 || value.compareTo(MOST) > 0 || value.scale() > MOST_DIGITS) {
                throw section.bad(
                        name, "expected US dollars from 0 to " + MOST + " with " + MOST_DIGITS + " decimals at most");
            }
        });
        return amount;
    }

    private static <T> Optional<T> oneOf(Section section, String name, Map<String, T> values) {
        return section.settings().optionalText(name).map(text -> Optional.ofNullable(values.get(text))
                .orElseThrow(() ->
                        section.bad(name, "unknown value '" + text + "'" + NearestName.hint(text, values.keySet()))));
    }
}
