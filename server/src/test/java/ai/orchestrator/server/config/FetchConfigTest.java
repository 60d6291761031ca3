package ai.orchestrator.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.orchestrator.server.web.FetchRules;
import ai.orchestrator.server.web.HostAndPort;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FetchConfigTest {
    @TempDir
    Path home;

    private FetchConfig fetch(String yaml) {
        return ConfigFolder.load(home, "search: {fetch: {" + yaml + "}}")
                .search()
                .fetch();
    }

    @Test
    void everythingCanBeSet() {
        assertThat(fetch("pages: 0, ports: [80, 8443], allow_private: ['127.0.0.1:8080', 'Wiki:80', '[::1]:81']"))
                .isEqualTo(new FetchConfig(
                        0,
                        new FetchRules(
                                Set.of(80, 8443),
                                Set.of(
                                        new HostAndPort("127.0.0.1", 8080),
                                        new HostAndPort("wiki", 80),
                                        new HostAndPort("::1", 81)))));
    }

    @ParameterizedTest
    @CsvSource({
        "pages: 11, pages",
        "pages: -1, pages",
        "ports: [0], ports",
        "ports: [http], ports",
        "ports: [70000], ports",
        "allow_private: ['10.0.0.0/8'], allow_private",
        "allow_private: [wiki], allow_private",
        "allow: [wiki], allow"
    })
    void whatMakesNoSenseIsRefused(String yaml, String key) {
        assertThatThrownBy(() -> fetch(yaml))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(key);
    }
}
