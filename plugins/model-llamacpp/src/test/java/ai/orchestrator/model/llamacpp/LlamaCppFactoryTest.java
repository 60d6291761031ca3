package ai.orchestrator.model.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.InvalidSettingException;
import ai.orchestrator.plugin.PluginContext;
import ai.orchestrator.plugin.Settings;
import ai.orchestrator.plugin.embed.EmbeddingProvider;
import ai.orchestrator.plugin.model.ModelProvider;
import ai.orchestrator.plugin.model.SamplingOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LlamaCppFactoryTest {
    @TempDir
    Path home;

    @Test
    void the_defaults() {
        assertThat(read(Map.of()))
                .isEqualTo(new LlamaCppSettings(
                        home.resolve("models"),
                        4096,
                        32_768,
                        4,
                        Runtime.getRuntime().availableProcessors(),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(30),
                        2,
                        512,
                        0,
                        EngineChoice.AUTO,
                        new ServerSettings(Optional.empty(), home.resolve("engine/bin/llama-server"), List.of()),
                        List.of(),
                        List.of()));
    }

    @Test
    void every_setting_is_read() {
        Map<String, Object> values = Map.ofEntries(
                Map.entry("folder", "gguf"),
                Map.entry("context", 2048),
                Map.entry("max_context", 8192),
                Map.entry("parallel", 2),
                Map.entry("threads", 3),
                Map.entry("keep_alive", "-1"),
                Map.entry("load_timeout", "10s"),
                Map.entry("request_timeout", "1m"),
                Map.entry("max_loaded", 1),
                Map.entry("max_queue", 7),
                Map.entry("max_tokens", 100),
                Map.entry("java_options", List.of("-Dx=y")),
                Map.entry("engine", "embedded"),
                Map.entry("server", Map.of("binary", "own/llama-server", "args", List.of("--mlock"))),
                Map.entry(
                        "models",
                        List.of(Map.of(
                                "name", "SmolLM2:135m",
                                "file", "smol.gguf",
                                "adapters", List.of("style.gguf"),
                                "projector", "eye.gguf",
                                "how_to_get", "run get-models",
                                "context", 1024,
                                "engine", "server",
                                "parameters", Map.of("temperature", 0.2, "top_k", 5, "stop", List.of("END"))))));
        Settings settings = Settings.of(values);

        assertThat(LlamaCppSettings.of(new PluginContext("llamacpp", settings, home, "test")))
                .isEqualTo(new LlamaCppSettings(
                        home.resolve("gguf"),
                        2048,
                        8192,
                        2,
                        3,
                        KeepAlive.FOREVER,
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(1),
                        1,
                        7,
                        100,
                        EngineChoice.EMBEDDED,
                        new ServerSettings(
                                Optional.of(home.resolve("own/llama-server")),
                                home.resolve("engine/bin/llama-server"),
                                List.of("--mlock")),
                        List.of("-Dx=y"),
                        List.of(new ConfiguredModel(
                                "smollm2:135m",
                                "smol.gguf",
                                List.of("style.gguf"),
                                Optional.of("eye.gguf"),
                                "run get-models",
                                OptionalInt.of(1024),
                                Optional.of(EngineChoice.SERVER),
                                SamplingOptions.builder()
                                        .temperature(0.2)
                                        .topK(5)
                                        .stop(List.of("END"))
                                        .build()))));
        assertThat(settings.unread()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"5m,300", "90,90", "0,0", "250ms,0.25", "-1,-1", "-3.5m,x", "-10m,-1", "soon,x", "-,x"})
    void how_long_a_model_stays(String text, String seconds) {
        if (seconds.equals("x")) {
            assertThatThrownBy(() -> read(Map.of("keep_alive", text)))
                    .isInstanceOf(InvalidSettingException.class)
                    .hasMessageStartingWith("keep_alive: expected");
        } else {
            assertThat(read(Map.of("keep_alive", text)).keepAlive())
                    .isEqualTo(Duration.ofMillis((long) (Double.parseDouble(seconds) * 1000)));
        }
    }

    @Test
    void what_is_wrong_is_named() {
        assertThatThrownBy(() -> read(Map.of("parallel", -1)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("parallel:");
        assertThatThrownBy(() -> read(Map.of("models", List.of(Map.of("name", "no name", "file", "x")))))
                .hasMessageStartingWith("models[0].name: expected a name");
        Map<String, Object> model = Map.of("name", "one", "file", "x");
        assertThatThrownBy(() -> read(Map.of("models", List.of(model, model))))
                .hasMessage("models[1].name: 'one:latest' is there twice");
        assertThatThrownBy(() -> read(Map.of("models", List.of(Map.of("name", "one")))))
                .hasMessageStartingWith("models[0].file:");
    }

    @Test
    void zero_leaves_the_choice_to_us() {
        LlamaCppSettings settings =
                read(Map.of("parallel", 0, "max_loaded", 0, "context", 0, "load_timeout", "0", "keep_alive", "0"));
        assertThat(settings.parallel()).isEqualTo(4);
        assertThat(settings.maxLoaded()).isEqualTo(3);
        assertThat(settings.context()).isEqualTo(4096);
        assertThat(settings.loadTimeout()).isZero();
        assertThat(settings.keepAlive()).isZero();
    }

    @Test
    void starts_and_stops_without_any_model() {
        LlamaCppFactory factory = new LlamaCppFactory();
        assertThat(factory.kind()).isEqualTo("llamacpp");
        try (ModelProvider provider =
                factory.create(new PluginContext("llamacpp", Settings.of(Map.of()), home, "test"))) {
            assertThat(provider).isInstanceOf(EmbeddingProvider.class);
            assertThat(provider.models()).isEmpty();
            assertThat(provider.loaded()).isEmpty();
            assertThat(provider.health()).isEqualTo(Health.up());
        }
    }

    private LlamaCppSettings read(Map<String, Object> values) {
        return LlamaCppSettings.of(new PluginContext("llamacpp", Settings.of(values), home, "test"));
    }
}
