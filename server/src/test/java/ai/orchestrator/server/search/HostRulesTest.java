package ai.orchestrator.server.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostRulesTest {
    @ParameterizedTest
    @CsvSource({
        "example.org, example.org, true",
        "example.org, docs.example.org, true",
        "example.org, notexample.org, false",
        "example.org, example.org.evil.net, false",
        "WWW.Example.ORG, example.org, true",
        "docs.example.org, example.org, false",
        "bücher.example, xn--bcher-kva.example, true",
        "org, example.org, true",
        "rg, example.org, false",
    })
    void aRuleHoldsForAHostAndAllBelowIt(String rule, String host, boolean holds) {
        assertThat(new HostRules(List.of(rule), List.of()).admits(host)).isEqualTo(holds);
        assertThat(new HostRules(List.of(), List.of(rule)).admits(host)).isEqualTo(!holds);
    }

    @Test
    void ownDocumentsAreAlwaysShown() {
        assertThat(new HostRules(List.of("example.org"), List.of("example.net")).admits(""))
                .isTrue();
    }

    @Test
    void aBlockedHostIsNotShownEvenBelowAnAllowedOne() {
        HostRules rules = new HostRules(List.of("example.org"), List.of("ads.example.org"));
        assertThat(rules.admits("docs.example.org")).isTrue();
        assertThat(rules.admits("x.ads.example.org")).isFalse();
    }

    @Test
    void whatIsNoNameIsRefused() {
        assertThatThrownBy(() -> new HostRules(List.of("a b"), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'a b' is not the name of a host");
    }
}
