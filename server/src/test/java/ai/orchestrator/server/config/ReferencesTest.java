package ai.orchestrator.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReferencesTest {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("NAME", "value", "OPENROUTER_TOKEN", "sk-very-secret");

    @TempDir
    Path home;

    @Test
    void referencesInListsAndNestedSectionsAreReplaced() {
        OrchestratorConfig config =
                ConfigFolder.load(home, "models: [{kind: a, list: ['${NAME}', {deep: '${NAME}'}]}]", ENVIRONMENT);

        assertThat(config.models().getFirst().settings()).hasToString("{list=[value, {deep=value}]}");
    }

    @Test
    void anUndefinedVariableStopsTheStart() {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> ConfigFolder.load(home, "server:\n  host: x\n  origins:\n    - ${ABSENT}\n"))
                .withMessage("config/orchestrator.yaml:4: the environment variable ABSENT is not set and"
                        + " ${ABSENT} has no default");
    }

    @ParameterizedTest
    @ValueSource(strings = {"${OPENROUTER_TOKEN}", "x-${OPENROUTER_TOKEN}"})
    void aSecretIsNotShown(String text) {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> ConfigFolder.load(home, "server:\n  port: '" + text + "'\n", ENVIRONMENT))
                .withMessageContaining("server.port: expected a whole number, found '")
                .withMessageNotContaining("sk-very-secret");
    }

    @Test
    void aPasswordAndAnApiKeyInTheFileAreNotShown() {
        OrchestratorConfig config = ConfigFolder.load(
                home, "models: [{kind: a, api_key: hidden-key, url: 'redis://user:hidden-word@host/0'}]");

        assertThat(config.origins().redact("hidden-key redis://user:hidden-word@host/0"))
                .isEqualTo("*** redis://user:***@host/0");
        assertThat(config.toString()).doesNotContain("hidden");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://hidden-word@host:6379/0",
                "redis://user:hid:den@word@host",
                "redis-sentinel://user:hidden-word@a,b/0?master=m",
                "redis-sentinel://a,b/0?master=m&sentinel_user=u&sentinel_password=hidden-word",
                "https://host/path?api_key=hidden-word#top"
            })
    void aSecretWithinAUrlIsNotShown(String url) {
        OrchestratorConfig config = ConfigFolder.load(home, "models: [{kind: a, url: '" + url + "'}]");

        assertThat(config.origins().redact("bad: " + url)).doesNotContain("hid").contains("***");
    }
}
