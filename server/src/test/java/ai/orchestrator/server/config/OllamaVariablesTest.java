package ai.orchestrator.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OllamaVariablesTest {
    private static final String YAML = """
            server:
              origins: [https://old.example]
            models:
              - kind: llamacpp
                context: 2048
            """;

    @TempDir
    Path home;

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '#',
            value = {
                "OLLAMA_CONTEXT_LENGTH, 8192, context, 8192",
                "OLLAMA_CONTEXT_LENGTH, \"8192\", context, 8192",
                "OLLAMA_NUM_PARALLEL, 3, parallel, 3",
                "OLLAMA_MAX_LOADED_MODELS, 5, max_loaded, 5",
                "OLLAMA_MAX_QUEUE, 7, max_queue, 7",
                "OLLAMA_KEEP_ALIVE, 300, keep_alive, 300000ms",
                "OLLAMA_KEEP_ALIVE, 1h30m, keep_alive, 5400000ms",
                "OLLAMA_KEEP_ALIVE, 1.5s, keep_alive, 1500ms",
                "OLLAMA_KEEP_ALIVE, 0, keep_alive, 0ms",
                "OLLAMA_KEEP_ALIVE, -1, keep_alive, -1",
                "OLLAMA_KEEP_ALIVE, -1m, keep_alive, -1",
                "OLLAMA_LOAD_TIMEOUT, 90, load_timeout, 90000ms",
                "OLLAMA_LOAD_TIMEOUT, 10m, load_timeout, 600000ms",
                "OLLAMA_LOAD_TIMEOUT, 0, load_timeout, 3650d",
                "OLLAMA_LOAD_TIMEOUT, -1s, load_timeout, 3650d",
            })
    void aVariableSetsTheLocalModels(String variable, String value, String setting, String expected) {
        OrchestratorConfig config = load(Map.of(variable, value));

        assertThat(config.models().getFirst().settings().get(setting)).hasToString(expected);
        assertThat(config.notices()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "OLLAMA_CONTEXT_LENGTH, 0, context, 2048",
        "OLLAMA_NUM_PARALLEL, 0, parallel, ",
        "OLLAMA_MAX_LOADED_MODELS, 0, max_loaded, ",
        "OLLAMA_KEEP_ALIVE, '', keep_alive, ",
    })
    void whatLeavesTheChoiceToTheServerChangesNothing(String variable, String value, String setting, String expected) {
        OrchestratorConfig config = load(Map.of(variable, value));

        assertThat(config.models().getFirst().settings()).satisfies(settings -> {
            if (expected == null) {
                assertThat(settings).doesNotContainKey(setting);
            } else {
                assertThat(settings.get(setting)).hasToString(expected);
            }
        });
        assertThat(config.notices()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "OLLAMA_CONTEXT_LENGTH, many, a whole number from 64 to 16777216",
        "OLLAMA_CONTEXT_LENGTH, 8, a whole number from 64 to 16777216",
        "OLLAMA_NUM_PARALLEL, -1, a whole number from 1 to 64",
        "OLLAMA_NUM_PARALLEL, 1.5, a whole number from 1 to 64",
        "OLLAMA_MAX_LOADED_MODELS, 1000, a whole number from 1 to 64",
        "OLLAMA_MAX_QUEUE, full, a whole number from 1 to 1000000",
        "OLLAMA_KEEP_ALIVE, soon, 'a length of time such as 5m or 1h30m, or a number of seconds'",
        "OLLAMA_KEEP_ALIVE, 5 minutes, 'a length of time such as 5m or 1h30m, or a number of seconds'",
        "OLLAMA_KEEP_ALIVE, 999999999999999999h, 'a length of time such as 5m or 1h30m, or a number of seconds'",
        "OLLAMA_LOAD_TIMEOUT, 5x, 'a length of time such as 5m or 1h30m, or a number of seconds'",
    })
    void whatMakesNoSenseIsReportedAndPassedOver(String variable, String value, String expected) {
        OrchestratorConfig config = load(Map.of(variable, value));

        assertThat(config.models().getFirst().settings()).isEqualTo(Map.of("context", 2048L));
        assertThat(config.notices()).containsExactly(variable + " is passed over: expected " + expected);
    }

    @Test
    void aQueueThatIsFullIsFullForTheWholeServer() {
        assertThat(load(Map.of()).server().maxRequests()).isEqualTo(1024);
        assertThat(load(Map.of("OLLAMA_MAX_QUEUE", "1")).server().maxRequests()).isEqualTo(5);
        assertThat(load(Map.of("OLLAMA_MAX_QUEUE", "1", "OLLAMA_NUM_PARALLEL", "2"))
                        .server()
                        .maxRequests())
                .isEqualTo(3);
    }

    @Test
    void theModelsFolderIsTheLibrarys() {
        assertThat(load(Map.of("OLLAMA_MODELS", "/srv/models")).library().folder())
                .isEqualTo("/srv/models");
        assertThat(load(Map.of()).library().folder()).isEqualTo("models");
    }

    @Test
    void originsAreAddedToTheOthers() {
        assertThat(load(Map.of("OLLAMA_ORIGINS", "https://a.example, chrome-extension://*,"))
                        .server()
                        .origins())
                .containsExactly("https://old.example", "https://a.example", "chrome-extension://*");
        assertThat(load(Map.of("OLLAMA_ORIGINS", "*", "ALLOWED_ORIGINS", "https://b.example"))
                        .server()
                        .origins())
                .containsExactly("https://b.example", "*");
        assertThat(ConfigFolder.load(home, "server: {origins: https://one.example}", Map.of("OLLAMA_ORIGINS", "*"))
                        .server()
                        .origins())
                .containsExactly("https://one.example", "*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "true", "TRUE", "t", "yes", "junk", "' 1 '"})
    void anythingButANoKeepsRequestsOnThisMachine(String value) {
        CloudConfig cloud = load(Map.of("OLLAMA_NO_CLOUD", value)).server().cloud();

        assertThat(cloud.isOff()).isTrue();
        assertThat(cloud.source()).isEqualTo("env");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "false", "F"})
    void aNoLeavesItToTheFile(String value) {
        assertThat(load(Map.of("OLLAMA_NO_CLOUD", value)).server().cloud().source())
                .isEqualTo("none");
        String off = "server: {no_cloud: true}";
        assertThat(ConfigFolder.load(home, off, Map.of("OLLAMA_NO_CLOUD", value))
                        .server()
                        .cloud()
                        .source())
                .isEqualTo("config");
        assertThat(ConfigFolder.load(home, off, Map.of("OLLAMA_NO_CLOUD", "1"))
                        .server()
                        .cloud()
                        .source())
                .isEqualTo("both");
    }

    @Test
    void theOldServicesVariableWinsWhereBothAreThere() {
        assertThat(load(Map.of("OLLAMA_CONTEXT_LENGTH", "8192", "CONTEXT_LENGTH", "1024"))
                        .models()
                        .getFirst()
                        .settings())
                .containsEntry("context", 1024L);
    }

    @Test
    void whatHasNoMeaningHereIsAccepted() {
        Map<String, String> environment = new HashMap<>();
        for (String name : new String[] {
            "OLLAMA_FLASH_ATTENTION",
            "OLLAMA_KV_CACHE_TYPE",
            "OLLAMA_GPU_OVERHEAD",
            "OLLAMA_SCHED_SPREAD",
            "OLLAMA_NOPRUNE",
            "OLLAMA_NOHISTORY",
            "OLLAMA_LLM_LIBRARY",
            "OLLAMA_REMOTES",
            "OLLAMA_API_KEY",
            "OLLAMA_DEBUG_LOG_REQUESTS",
            "OLLAMA_OF_TOMORROW"
        }) {
            environment.put(name, "x");
        }

        assertThat(load(environment).notices()).isEmpty();
    }

    @Test
    void aVariableWithoutAModelToSetIsReported() {
        OrchestratorConfig config = ConfigFolder.load(home, "", Map.of("OLLAMA_NUM_PARALLEL", "2"));

        assertThat(config.notices())
                .containsExactly("OLLAMA_NUM_PARALLEL has no effect: models has no entry of kind llamacpp");
    }

    private OrchestratorConfig load(Map<String, String> environment) {
        return ConfigFolder.load(home, YAML, environment);
    }
}
