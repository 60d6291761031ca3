package ai.orchestrator.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReferencesTest {
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "NAME",
            "value",
            "EMPTY",
            "",
            "TRICKY",
            "x\n  other: $1 ${NAME} \\ # {[",
            "OPENROUTER_TOKEN",
            "sk-very-secret");

    @TempDir
    Path home;

    @ParameterizedTest
    @CsvSource({
        "${NAME}, value",
        "a${NAME}b${NAME}, avaluebvalue",
        "${NAME:-other}, value",
        "${ABSENT:-other}, other",
        "${EMPTY:-other}, other",
        "${ABSENT:-redis://h:1/0?a=b}, redis://h:1/0?a=b",
        "$NAME, $NAME",
        "a$, a$",
        "5$ {x}, 5$ {x}",
    })
    void aReferenceIsReplaced(String text, String expected) {
        assertThat(read("'" + text + "'")).isEqualTo(expected);
    }

    @Test
    void anEmptyVariableIsDefined() {
        assertThat(read("'a${EMPTY}b'")).isEqualTo("ab");
        assertThat(read("'a${ABSENT:-}b'")).isEqualTo("ab");
    }

    @Test
    void aValueNeverBecomesYamlNorAnotherReference() {
        assertThat(read("'${TRICKY}'")).isEqualTo(ENVIRONMENT.get("TRICKY"));
    }

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
                .withMessage(
                        "config/orchestrator.yaml:4: server.origins[0]: the environment variable ABSENT is not set and"
                                + " ${ABSENT} has no default");
    }

    @ParameterizedTest
    @ValueSource(strings = {"${}", "${A B}", "${NAME", "${NAME:x}", "${1A}", "${ABSENT:-${NAME}}"})
    void aMalformedReferenceIsRefused(String text) {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> read("'" + text + "'"))
                .withMessage("config/orchestrator.yaml:1: models[0].text: '${' starts a reference such as ${NAME} or"
                        + " ${NAME:-default}");
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

    private Object read(String value) {
        return ConfigFolder.load(home, "models: [{kind: a, text: " + value + "}]", ENVIRONMENT)
                .models()
                .getFirst()
                .settings()
                .getOrDefault("text", "");
    }
}
