package ai.orchestrator.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.orchestrator.server.config.DownloadConfig.Sdist;
import ai.orchestrator.server.config.DownloadConfig.Web;
import ai.orchestrator.server.config.EngineConfig.Origin;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineConfigTest {
    private static final String SUM = "ab".repeat(32);

    @TempDir
    Path home;

    @Test
    void aSourceIsAPackageOrAnAddress() {
        assertThat(load("engine: {source: {pypi: llama_cpp_python==0.3.36, sha256: " + SUM + "}}")
                        .engine())
                .contains(new EngineConfig(Origin.SOURCE, new Sdist("llama_cpp_python==0.3.36"), SUM));
        assertThat(load("engine: {source: {url: https://example.org/a.tar.gz, sha256: " + SUM + "}}")
                        .engine())
                .contains(new EngineConfig(Origin.SOURCE, new Web(URI.create("https://example.org/a.tar.gz")), SUM));
    }

    @Test
    void anArchiveWithAnAddressIsTakenBeforeASource() {
        String yaml = """
                engine:
                  archive: {url: "${URL:-}", sha256: %1$s}
                  source: {pypi: llama_cpp_python==0.3.36, sha256: %1$s}
                """.formatted(SUM);

        assertThat(load(yaml).engine()).map(EngineConfig::origin).contains(Origin.SOURCE);
        assertThat(load(yaml.replace("${URL:-}", "https://example.org/a.zip")).engine())
                .map(EngineConfig::origin)
                .contains(Origin.ARCHIVE);
    }

    @Test
    void withoutASectionThereIsNone() {
        assertThat(load("{}").engine()).isEmpty();
    }

    @Test
    void faultsAreTold() {
        assertFault("engine: {source: {pypi: llama_cpp_python==0.3.36}}", "engine.source.sha256: is required");
        assertFault("engine: {source: {pypi: llama_cpp_python, sha256: " + SUM + "}}", "engine.source.pypi: expected");
        assertFault("engine: {archive: {url: ftp://example.org/a, sha256: " + SUM + "}}", "expected an https URL");
        assertFault("engine: {archive: {url: https://example.org/a, sha256: ab}}", "expected 64 hexadecimal digits");
        assertFault("engine: {sourc: {}}", "unknown key 'sourc', did you mean 'source'?");
        assertFault(
                "engine: {source: {pypi: a==1, url: https://example.org/a, sha256: " + SUM + "}}",
                "expected either 'url' or 'pypi'");
    }

    private void assertFault(String yaml, String message) {
        assertThatThrownBy(() -> load(yaml)).isInstanceOf(ConfigException.class).hasMessageContaining(message);
    }

    private OrchestratorConfig load(String yaml) {
        return ConfigFolder.load(home, yaml);
    }
}
