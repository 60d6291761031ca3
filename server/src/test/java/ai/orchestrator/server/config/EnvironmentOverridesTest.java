package ai.orchestrator.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.orchestrator.server.config.ServerConfig.RateLimit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentOverridesTest {
    private static final String YAML = """
            server:
              origins: [https://old.example]
            cache:
              tiers:
                - {kind: memory, max_size: 1MB}
                - {kind: redis, url: "${REDIS_URL:-redis://127.0.0.1:6379}"}
                - {kind: sqlite, path: data/cache.sqlite}
            models:
              - kind: llamacpp
                models:
                  - {name: mistral, file: old.gguf}
              - kind: openrouter
                api_key: ${OPENROUTER_API_KEY:-}
                models:
                  - id: openrouter/auto
            """;

    @TempDir
    Path home;

    @ParameterizedTest
    @CsvSource({
        "MEMORY_CACHE_ENTRIES, 100, 0, max_size, 1638400",
        "MEMORY_TTL_SECONDS, 90, 0, ttl, 90s",
        "REDIS_URL, redis://other:1/2, 1, url, redis://other:1/2",
        "REDIS_URL, '', 1, url, ''",
        "REDIS_TTL_SECONDS, 60, 1, ttl, 60s",
        "SQLITE_PATH, data/ai_cache.sqlite, 2, path, data/ai_cache.sqlite",
        "SQLITE_MAX_SIZE_GB, 3, 2, max_size, 3GB",
        "SQLITE_TTL_DAYS, 7, 2, ttl, 7d",
    })
    void aCacheVariableSetsItsTier(String variable, String value, int tier, String setting, String expected) {
        Map<String, Object> settings =
                load(Map.of(variable, value)).cache().tiers().get(tier).settings();

        assertThat(settings.get(setting)).hasToString(expected);
    }

    @Test
    void theServersVariables() {
        ServerConfig server = load(Map.of(
                        "MAX_JSON_PAYLOAD_SIZE", "2000000",
                        "ALLOWED_ORIGINS", "https://a.example, https://b.example",
                        "RATE_LIMIT_REQUESTS", "30",
                        "RATE_LIMIT_PERIOD", "10"))
                .server();

        assertThat(server.legacyMaxBody()).isEqualTo(2_000_000);
        assertThat(server.maxBody()).isEqualTo(64L << 20);
        assertThat(server.origins()).containsExactly("https://a.example", "https://b.example");
        assertThat(server.rateLimit()).contains(new RateLimit(30, Duration.ofSeconds(10)));
        assertThat(load(Map.of("RATE_LIMIT_REQUESTS", "30")).server().rateLimit())
                .contains(new RateLimit(30, Duration.ofMinutes(1)));
        assertThat(load(Map.of("RATE_LIMIT_REQUESTS", "0", "RATE_LIMIT_PERIOD", "10"))
                        .server()
                        .rateLimit())
                .isEmpty();
    }

    @Test
    void theLegacyVariables() {
        LegacyConfig legacy = load(Map.of(
                        "MODEL_NAME", "Tiny/Llama", "TEMPERATURE", "0.1", "TOP_P", "0.5", "MAX_TOKENS", "9"))
                .legacy();

        assertThat(legacy).isEqualTo(new LegacyConfig(Optional.of("Tiny/Llama"), 0.1, OptionalDouble.of(0.5), 9));
        assertThat(load(Map.of("CACHE_PROBABILITY", "0.2")).cache().probability())
                .isEqualTo(0.2);
    }

    @Test
    void aModelFileBecomesALocalModel() {
        Path file = home.resolve("models/my.gguf");

        assertThat(localModels(Map.of("MODEL_PATH", "models/my.gguf")))
                .containsExactly(
                        Map.of("name", "mistral", "file", "old.gguf"),
                        Map.of(
                                "name",
                                "my",
                                "file",
                                file.toString(),
                                "how_to_get",
                                "put it where the environment variable MODEL_PATH says"));
        assertThat(localModels(Map.of("MODEL_PATH", file.toString(), "MODEL_NAME", "mistral")))
                .singleElement()
                .isEqualTo(Map.of(
                        "name",
                        "mistral",
                        "file",
                        file.toString(),
                        "how_to_get",
                        "put it where the environment variable MODEL_PATH says"));
    }

    @Test
    void aModelFolderBecomesTheFolderOfLocalModels() {
        Map<String, Object> settings = load(Map.of("MODEL_PATH", "other", "CONTEXT_LENGTH", "512"))
                .models()
                .getFirst()
                .settings();

        assertThat(settings)
                .containsEntry("folder", home.resolve("other").toString())
                .containsEntry("context", 512L);
    }

    @Test
    void theCloudVariables() {
        Map<String, Object> settings = load(Map.of(
                        "OPENROUTER_API_KEY", "sk-1234",
                        "OPENROUTER_BASE_URL", "https://proxy.example/v1",
                        "OPENROUTER_DEFAULT_MODEL", "some/model"))
                .models()
                .get(1)
                .settings();

        assertThat(settings)
                .containsEntry("api_key", "sk-1234")
                .containsEntry("base_url", "https://proxy.example/v1")
                .containsEntry("models", List.of(Map.of("id", "openrouter/auto"), Map.of("id", "some/model")));
        assertThat(load(Map.of("OPENROUTER_DEFAULT_MODEL", "openrouter/auto"))
                        .models()
                        .get(1)
                        .settings())
                .containsEntry("models", List.of(Map.of("id", "openrouter/auto")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MAX_JSON_PAYLOAD_SIZE",
                "CONTEXT_LENGTH",
                "TEMPERATURE",
                "TOP_P",
                "MAX_TOKENS",
                "RATE_LIMIT_REQUESTS",
                "RATE_LIMIT_PERIOD",
                "REDIS_MAX_MEMORY_MB",
                "REDIS_TTL_SECONDS",
                "SQLITE_MAX_SIZE_GB",
                "SQLITE_TTL_DAYS",
                "SIMILARITY_THRESHOLD",
                "MAX_SIMILAR_RESULTS",
                "MEMORY_CACHE_ENTRIES",
                "MEMORY_TTL_SECONDS",
                "CACHE_PROBABILITY"
            })
    void aBadNumberIsRefusedByTheVariablesName(String variable) {
        for (String bad : List.of("many", "-1", "1e99", "99999999999999999999")) {
            assertThatExceptionOfType(ConfigException.class)
                    .as(bad)
                    .isThrownBy(() -> load(Map.of(variable, bad)))
                    .withMessageMatching("environment variable " + variable + ": expected a (whole )?number from .*");
        }
        assertThat(load(Map.of(variable, " ")).notices())
                .as("empty counts as absent")
                .isEmpty();
    }

    @Test
    void aBadValueThatASettingRefusesIsAlsoNamed() {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> load(Map.of("PORT", "http")))
                .withMessage("environment variable PORT: server.port: expected a whole number, found 'http'");
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> load(Map.of("HOST", "a b")))
                .withMessage(
                        "environment variable HOST: server.host: expected the name or address to listen on, without a port");
    }

    @Test
    void whatHasNoEffectIsSaid() {
        Map<String, String> environment =
                new HashMap<>(Map.of("REDIS_MAX_MEMORY_MB", "100", "SIMILARITY_THRESHOLD", "0.92"));
        assertThat(load(environment).notices())
                .as("the memory is for manage.sh")
                .containsExactly("SIMILARITY_THRESHOLD has no effect: only equal questions share an answer");
        assertThat(ConfigFolder.load(home, "", Map.of("REDIS_URL", "redis://a", "OPENROUTER_API_KEY", "k"))
                        .notices())
                .containsExactly(
                        "REDIS_URL has no effect: cache.tiers has no entry of kind redis",
                        "OPENROUTER_API_KEY has no effect: models has no entry of kind openrouter");
        assertThat(ConfigFolder.load(home, "", Map.of("REDIS_URL", "")).notices())
                .isEmpty();
    }

    @Test
    void anOverriddenSettingIsFoundAtItsVariable() {
        OrchestratorConfig config = load(Map.of("REDIS_URL", "redis://:hidden-word@a"));

        assertThat(config.origins().of("cache.tiers[1].url")).isEqualTo("environment variable REDIS_URL");
        assertThat(config.origins().redact("redis://:hidden-word@a")).isEqualTo("redis://:***@a");
    }

    private Object[] localModels(Map<String, String> environment) {
        Object models = load(environment).models().getFirst().settings().getOrDefault("models", List.of());
        return ((List<?>) models).toArray();
    }

    private OrchestratorConfig load(Map<String, String> environment) {
        return ConfigFolder.load(home, YAML, environment);
    }
}
