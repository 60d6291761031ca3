package ai.orchestrator.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.orchestrator.server.config.MoneyConfig.Action;
import ai.orchestrator.server.config.MoneyConfig.Budget;
import ai.orchestrator.server.config.MoneyConfig.Period;
import ai.orchestrator.server.config.MoneyConfig.Whose;
import java.math.BigDecimal;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoneyConfigTest {
    private static final String KEYS = "server: {api_keys: [{key: long-enough, tenant: team-a}]}\n";

    @TempDir
    Path home;

    @Test
    void budgetsAreRead() {
        MoneyConfig money = load(KEYS + """
                budgets:
                  - {per: day, usd: 5.00}
                  - {per: month, usd: 20, tenant: team-a, action: refuse}
                  - {per: request, usd: "0.1", each_tenant: true, action: local}
                """);

        assertThat(money.budgets())
                .containsExactly(
                        new Budget(Period.DAY, new Whose.Everybody(), new BigDecimal("5.00"), Action.LOCAL),
                        new Budget(Period.MONTH, new Whose.Tenant("team-a"), new BigDecimal("20"), Action.REFUSE),
                        new Budget(Period.REQUEST, new Whose.EachTenant(), new BigDecimal("0.1"), Action.LOCAL));
    }

    @Test
    void withoutAnyThereAreNoneAndUnknownPricesAreAssumedToBeDear() {
        MoneyConfig money = load("{}");

        assertThat(money.budgets()).isEmpty();
        assertThat(money.maxTokens()).isEqualTo(4096);
        assertThat(money.assumedPrice().orElseThrow().of(1_000_000, 0).orElseThrow())
                .isEqualByComparingTo("15");
        assertThat(money.assumedPrice().orElseThrow().of(0, 1_000_000).orElseThrow())
                .isEqualByComparingTo("75");
        assertThat(load("costs: {unknown_price: refuse}").assumedPrice()).isEmpty();
        assertThat(load("costs: {max_tokens: 100, assumed_price: {prompt_per_million: 0.5}}")
                        .assumedPrice()
                        .orElseThrow()
                        .prompt())
                .contains(new BigDecimal("0.0000005"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{usd: 1} | budgets[0].per: is required: request, day or month",
                "{per: day} | budgets[0].usd: is required",
                "{per: dya, usd: 1} | unknown value 'dya', did you mean 'day'?",
                "{per: day, usd: -1} | expected US dollars from 0 to 1000000000 with 12 decimals at most",
                "{per: day, usd: 1e-99} | expected US dollars from 0",
                "{per: day, usd: five} | expected a number, found 'five'",
                "{per: day, usd: 1, action: block} | unknown value 'block', expected one of: local, refuse",
                "{per: day, usd: 1, tenant: tema-a} | no key in 'server.api_keys' has the tenant 'tema-a', did you mean 'team-a'?",
                "{per: day, usd: 1, tenant: team-a, each_tenant: true} | expected either 'tenant' or 'each_tenant'",
                "{per: day, usd: 1, usdd: 2} | unknown key 'usdd', did you mean 'usd'?",
            })
    void faultsAreToldWithTheirLine(String budget, String message) {
        assertThatThrownBy(() -> load(KEYS + "budgets:\n  - " + budget))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("config/orchestrator.yaml:3: ")
                .hasMessageContaining(message);
    }

    private MoneyConfig load(String yaml) {
        return ConfigFolder.load(home, yaml).money();
    }
}
