package ai.orchestrator.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchConfigTest {
    @TempDir
    Path home;

    @Test
    void readsWeightsAndHosts() {
        SearchConfig search = ConfigFolder.load(home, """
                        search:
                          engines:
                            - {kind: wikipedia, weight: 1.5, contact: a@example.org}
                            - {kind: wikipedia, name: other}
                          allow_hosts: [Example.ORG, bücher.example]
                          block_hosts: ads.example.org
                        """).search();

        assertThat(search.weight("wikipedia")).isEqualTo(1.5);
        assertThat(search.weight("other")).isEqualTo(1);
        assertThat(search.engines().getFirst().settings()).containsOnlyKeys("contact");
        assertThat(search.allowHosts()).containsExactly("example.org", "bücher.example");
        assertThat(search.blockHosts()).containsExactly("ads.example.org");
        assertThat(search.withEngines(List.of()).engines()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            engines: [{kind: a, weight: 0}]             | search.engines[0].weight
            engines: [{kind: a, weight: -1}]            | search.engines[0].weight
            engines: [{kind: a, weight: 101}]           | search.engines[0].weight
            engines: [{kind: a, weight: heavy}]         | search.engines[0].weight
            engines: [{kind: a}, {kind: a}]             | search.engines[1]
            allow_hosts: ['https://example.org']        | search.allow_hosts
            allow_hosts: ['*.example.org']              | search.allow_hosts
            block_hosts: ['example.org/path']           | search.block_hosts
            block_hosts: ['a b']                        | search.block_hosts
            block_hosts: ['']                           | search.block_hosts
            """)
    void refusesWhatIsWrong(String setting, String where) {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> ConfigFolder.load(home, "search: {" + setting + "}"))
                .withMessageContaining(where);
    }
}
