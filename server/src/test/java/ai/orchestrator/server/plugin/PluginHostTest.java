package ai.orchestrator.server.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.groups.Tuple.tuple;

import ai.orchestrator.plugin.search.SearchEngine;
import ai.orchestrator.plugin.search.SearchQuery;
import ai.orchestrator.server.config.ConfigException;
import ai.orchestrator.server.config.ConfigLoader;
import ai.orchestrator.server.config.ListenAddress;
import ai.orchestrator.server.config.OrchestratorConfig;
import ai.orchestrator.server.plugin.PluginReport.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pf4j.util.Unzip;

class PluginHostTest {
    @TempDir
    Path home;

    @BeforeEach
    void pluginFolder() throws IOException {
        Files.createDirectories(home.resolve("plugins"));
    }

    @Test
    void aConfiguredServiceIsMadeWithItsContext() throws IOException {
        new PluginZip("good")
                .engine(
                        "good",
                        "said",
                        "String said = context.name() + context.settings().text(\"word\") + context.userAgent() + context.resolve(\"x\");")
                .writeTo(zip("good"));

        try (PluginHost host = start("search: {engines: [{kind: good, name: first, word: '!'}]}")) {
            Service<SearchEngine> service = host.services().searchEngines().getFirst();
            assertThat(service)
                    .extracting(Service::name, Service::kind, Service::pluginId, Service::pluginVersion)
                    .containsExactly("first", "good", "good", "1.2.3");
            assertThat(answer(service)).isEqualTo("first!ai-orchestrator/0.1.0" + home.resolve("x"));
            assertThat(host.report()).containsExactly(new PluginReport("good", "1.2.3", State.ACTIVE, ""));
        }
        try (Stream<Path> plugins = Files.list(home.resolve("plugins"))) {
            assertThat(plugins).as("nothing is written into the plugin folder").containsExactly(zip("good"));
        }
    }

    @Test
    void servicesComeInTheOrderOfTheConfigurationAndCloseInReverse() {
        new PluginZip("one").engine("one", "1").writeTo(zip("one"));
        new PluginZip("two").engine("two", "2").writeTo(zip("two"));

        PluginHost host =
                start("search: {engines: [{kind: two, name: a}, {kind: one, name: b}, {kind: two, name: c}]}");
        assertThat(host.services().searchEngines()).extracting(this::answer).containsExactly("2", "1", "2");
        assertThat(host.services().cacheTiers()).isEmpty();
        assertThat(host.services().classifier()).isEmpty();
        host.close();
        host.close();

        assertThat(Stream.of("c", "b", "a").map(name -> Long.getLong("closed." + name, 0)))
                .isSorted()
                .doesNotContain(0L);
    }

    @Test
    void aPluginSeesTheContractAndNothingElseOfTheHost() {
        String sees = """
                java.util.stream.Stream.of("ai.orchestrator.plugin.Settings", "org.slf4j.Logger", "org.jspecify.annotations.Nullable",
                    "org.pf4j.Extension", "java.sql.Connection", "com.fasterxml.jackson.databind.ObjectMapper",
                    "io.helidon.webserver.WebServer", "ai.orchestrator.server.plugin.PluginHost", "org.yaml.snakeyaml.Yaml",
                    "ch.qos.logback.classic.Logger").map(name -> {
                  try { getClass().getClassLoader().loadClass(name); return "1"; } catch (ClassNotFoundException e) { return "0"; }
                }).reduce("", String::concat)
                """;
        new PluginZip("looks").engine("looks", sees).writeTo(zip("looks"));

        try (PluginHost host = start("search: {engines: [{kind: looks}]}")) {
            assertThat(answer(host.services().searchEngines().getFirst())).isEqualTo("1111100000");
        }
    }

    @Test
    void twoPluginsHaveTheirOwnVersionsOfOneClass() {
        for (String version : List.of("one", "two")) {
            new PluginZip(version)
                    .source(
                            "shared.Library",
                            "package shared; public class Library { public static String version = \"" + version
                                    + "\"; }")
                    .engine(version, "shared.Library.version")
                    .writeTo(zip(version));
        }

        try (PluginHost host = start("search: {engines: [{kind: one}, {kind: two}]}")) {
            assertThat(host.services().searchEngines()).extracting(this::answer).containsExactly("one", "two");
        }
    }

    @Test
    void aLibraryWithAnEmptyIndexDoesNotHideThePluginsExtensions() {
        new PluginZip("good")
                .library("a-library")
                .library("z-library")
                .engine("good", "1")
                .writeTo(zip("good"));

        try (PluginHost host = start("search: {engines: [{kind: good}]}")) {
            assertThat(answer(host.services().searchEngines().getFirst())).isEqualTo("1");
        }
    }

    @Test
    void aPluginsOwnCopyOfTheContractIsNotUsed() {
        new PluginZip("copy")
                .source("ai.orchestrator.plugin.Health", "package ai.orchestrator.plugin; public class Health { }")
                .engine(
                        "copy",
                        "ai.orchestrator.plugin.Health.class.isRecord()",
                        "if (!Health.class.isRecord()) throw new IllegalStateException();")
                .writeTo(zip("copy"));

        try (PluginHost host = start("search: {engines: [{kind: copy}]}")) {
            assertThat(answer(host.services().searchEngines().getFirst())).isEqualTo("true");
        }
    }

    @Test
    void theThreadsClassLoaderIsThePluginsWhileItsServiceIsMade() {
        new PluginZip("tccl")
                .engine(
                        "tccl",
                        "made",
                        "boolean made = Thread.currentThread().getContextClassLoader() == getClass().getClassLoader();")
                .writeTo(zip("tccl"));
        ClassLoader before = Thread.currentThread().getContextClassLoader();

        try (PluginHost host = start("search: {engines: [{kind: tccl}]}")) {
            assertThat(answer(host.services().searchEngines().getFirst())).isEqualTo("true");
            assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
        }
    }

    @Test
    void everyReasonIsListed() throws IOException {
        new PluginZip("strict")
                .engine("strict", "1", "context.settings().text(\"url\");")
                .writeTo(zip("strict"));
        new PluginZip("fails")
                .engine("fails", "1", "if (true) throw new IllegalStateException(\"no way\");")
                .writeTo(zip("fails"));
        new PluginZip("nothing")
                .engine("nothing", "1", "if (true) return null;")
                .writeTo(zip("nothing"));
        new PluginZip("lax")
                .engine("lax", "1", "context.settings().text(\"timeout\", \"\");")
                .writeTo(zip("lax"));
        Files.writeString(zip("corrupt"), "this is no zip");

        refused(
                """
                search:
                  engines:
                    - kind: strict
                    - kind: fails
                    - kind: nothing
                    - kind: lax
                      timeuot: 3s
                    - kind: nothings
                """,
                "config/orchestrator.yaml:3: search.engines[0].url: is required",
                "config/orchestrator.yaml:4: search.engines[1]: cannot be made: IllegalStateException: no way",
                "config/orchestrator.yaml:5: search.engines[2]: its factory made nothing",
                "config/orchestrator.yaml:7: unknown key 'timeuot' for kind 'lax', did you mean 'timeout'?",
                "config/orchestrator.yaml:8: search.engines[4]: no plugin offers the search engine kind 'nothings', did you mean 'nothing'?",
                "plugin corrupt.zip: is no readable zip: ZipException: zip END header not found");
        assertThat(System.getProperty("closed.lax"))
                .as("the service with the unknown key is closed")
                .isNotNull();
    }

    @Test
    void aServiceThatIsMadeIsClosedWhenAnotherFails() {
        new PluginZip("fine").engine("fine", "1").writeTo(zip("fine"));

        refused(
                "search: {engines: [{kind: fine, name: begun}, {kind: absent}]}",
                "config/orchestrator.yaml:1: search.engines[1]: no plugin offers the search engine kind 'absent', expected one of: fine");
        assertThat(System.getProperty("closed.begun")).isNotNull();
    }

    @Test
    void aSecretIsNotShown() {
        new PluginZip("leaks")
                .engine(
                        "leaks",
                        "1",
                        "if (true) throw new IllegalStateException(context.settings().text(\"api_key\"));")
                .writeTo(zip("leaks"));

        refused(
                "search: {engines: [{kind: leaks, api_key: sk-hidden}]}",
                "config/orchestrator.yaml:1: search.engines[0]: cannot be made: IllegalStateException: ***");
    }

    @Test
    void anOptionalServiceIsLeftOut() {
        new PluginZip("fine").engine("fine", "1").writeTo(zip("fine"));
        new PluginZip("fails")
                .engine("fails", "1", "if (true) throw new IllegalStateException(\"no way\");")
                .writeTo(zip("fails"));

        try (PluginHost host = start(
                "search: {engines: [{kind: fails, optional: true}, {kind: absent, optional: true}, {kind: fine}]}")) {
            assertThat(host.services().searchEngines())
                    .extracting(Service::kind)
                    .containsExactly("fine");
            assertThat(host.report())
                    .extracting(PluginReport::id, PluginReport::state)
                    .containsExactly(
                            tuple("fails", State.IDLE),
                            tuple("fine", State.ACTIVE),
                            tuple("search.engines[0]", State.FAILED),
                            tuple("search.engines[1]", State.FAILED));
        }
    }

    @Test
    void brokenPluginsThatNothingNamesAreReportedAndLeftOut() throws IOException {
        new PluginZip("fine").engine("fine", "1").writeTo(zip("fine"));
        Files.writeString(zip("corrupt"), "this is no zip");
        new PluginZip("outside").entry("../outside.txt", "x").writeTo(zip("outside"));
        new PluginZip("version")
                .property("plugin.requires", ">=9.0.0")
                .engine("version", "1")
                .writeTo(zip("version"));
        new PluginZip("range")
                .property("plugin.requires", "newest")
                .engine("range", "1")
                .writeTo(zip("range"));
        new PluginZip("nameless").without("plugin.id").engine("nameless", "1").writeTo(zip("nameless"));
        new PluginZip("undated")
                .without("plugin.version")
                .engine("undated", "1")
                .writeTo(zip("undated"));
        new PluginZip("empty").writeTo(zip("empty"));
        new PluginZip("needs")
                .property("plugin.dependencies", "not-there")
                .engine("needs", "1")
                .writeTo(zip("needs"));
        new PluginZip("other")
                .extension("sample.Other", "package sample; public class Other implements org.pf4j.ExtensionPoint { }")
                .writeTo(zip("other"));
        new PluginZip("kindless")
                .extension("sample.Bad", factory("").replace("\"bad\"", "null"))
                .writeTo(zip("kindless"));
        new PluginZip("constructor")
                .extension("sample.Bad", factory("public Bad() { throw new IllegalStateException(\"no luck\"); }"))
                .writeTo(zip("constructor"));
        new PluginZip("static")
                .extension("sample.Bad", factory("static { if (true) throw new IllegalStateException(\"no luck\"); }"))
                .writeTo(zip("static"));
        new PluginZip("stop")
                .property("plugin.class", "sample.Main")
                .source(
                        "sample.Main",
                        "package sample; public class Main extends org.pf4j.Plugin { public void start() { throw new IllegalStateException(\"not today\"); } }")
                .engine("stop", "1")
                .writeTo(zip("stop"));
        new PluginZip("lacks")
                .property("plugin.class", "sample.Absent")
                .engine("lacks", "1")
                .writeTo(zip("lacks"));
        Files.createDirectories(home.resolve("plugins/folder"));
        Files.writeString(home.resolve("plugins/README.txt"), "not a plugin");

        try (PluginHost host = start("search: {engines: [{kind: fine}]}")) {
            assertThat(host.report())
                    .extracting(PluginReport::id, PluginReport::reason)
                    .containsExactlyInAnyOrder(
                            tuple("fine", ""),
                            tuple("corrupt.zip", "is no readable zip: ZipException: zip END header not found"),
                            tuple("outside.zip", "has an entry that points outside: ../outside.txt"),
                            tuple("version", "needs AI Orchestrator >=9.0.0, and this is 0.1.0"),
                            tuple("range", reason(host, "range")),
                            tuple("nameless.zip", "plugin.properties has no plugin.id"),
                            tuple("undated.zip", "plugin.properties has no plugin.version"),
                            tuple("empty", "offers no extension: META-INF/extensions.idx is missing or empty"),
                            tuple("needs", "needs what is not there or does not work: not-there"),
                            tuple("other", "its extension sample.Other is no PluginFactory"),
                            tuple("kindless", "its extension sample.Bad has no kind"),
                            tuple(
                                    "constructor",
                                    "its extension sample.Bad cannot be made: IllegalStateException: no luck"),
                            tuple("static", "its extension sample.Bad cannot be made: IllegalStateException: no luck"),
                            tuple("stop", "does not start: IllegalStateException: not today"),
                            tuple("lacks", "does not start: ClassNotFoundException: sample.Absent"),
                            tuple("folder", "has no plugin.properties at its top"));
            assertThat(reason(host, "range")).startsWith("does not load: ");
            assertThat(host.report())
                    .extracting(PluginReport::reason)
                    .noneMatch(reason -> reason.contains(home.toString()));
        }
        assertThat(home.resolve("data/outside.txt")).doesNotExist();
        assertThat(home.resolve("data/plugins/outside.txt")).doesNotExist();
    }

    @Test
    void twoPluginsWithOneIdAreBothLeftOut() {
        new PluginZip("same").engine("first", "1").writeTo(zip("a"));
        new PluginZip("same").engine("second", "1").writeTo(zip("b"));

        refused(
                "search: {engines: [{kind: first}]}",
                "config/orchestrator.yaml:1: search.engines[0]: no plugin offers the search engine kind 'first'",
                "plugin same: the id is in a.zip and in b.zip: remove all but one",
                "plugin same: the id is in a.zip and in b.zip: remove all but one");
    }

    @Test
    void aKindThatTwoPluginsOfferCannotBeUsed() {
        new PluginZip("one").engine("same", "1").writeTo(zip("a"));
        new PluginZip("two").engine("same", "1").writeTo(zip("b"));

        refused(
                "search: {engines: [{kind: same}]}",
                "config/orchestrator.yaml:1: search.engines[0]: the kind 'same' is offered by the plugins one and two: remove all but one");
        start("").close();
    }

    @Test
    void aKindCountsOnlyInItsFamily() {
        new PluginZip("good").engine("good", "1").writeTo(zip("good"));

        refused(
                "cache: {tiers: [{kind: good}]}",
                "config/orchestrator.yaml:1: cache.tiers[0]: no plugin offers the cache tier kind 'good'");
    }

    @Test
    void aDependencyBetweenPluginsIsHonoured() {
        new PluginZip("zz-base")
                .source(
                        "base.Words",
                        "package base; public class Words { public static String word() { return \"base\"; } }")
                .engine("base", "1")
                .writeTo(zip("zz-base"));
        String reflective =
                "((java.util.function.Supplier<String>) () -> { try { return (String) Class.forName(\"base.Words\").getMethod(\"word\").invoke(null); } catch (ReflectiveOperationException e) { return e.toString(); } }).get()";
        new PluginZip("aa-user")
                .property("plugin.dependencies", "zz-base")
                .engine("user", reflective)
                .writeTo(zip("aa-user"));

        try (PluginHost host = start("search: {engines: [{kind: user}]}")) {
            assertThat(answer(host.services().searchEngines().getFirst())).isEqualTo("base");
        }
    }

    @Test
    void pluginsThatNeedEachOtherAreLeftOut() {
        new PluginZip("one")
                .property("plugin.dependencies", "two")
                .engine("one", "1")
                .writeTo(zip("one"));
        new PluginZip("two")
                .property("plugin.dependencies", "one")
                .engine("two", "1")
                .writeTo(zip("two"));
        new PluginZip("fine").engine("fine", "1").writeTo(zip("fine"));

        try (PluginHost host = start("search: {engines: [{kind: fine}]}")) {
            assertThat(host.report())
                    .extracting(PluginReport::id, PluginReport::state)
                    .containsExactlyInAnyOrder(
                            tuple("one", State.FAILED), tuple("two", State.FAILED), tuple("fine", State.ACTIVE));
        }
    }

    @Test
    void aReplacedZipIsPickedUpAtTheNextStartWhateverItsDate() throws IOException {
        new PluginZip("good").engine("good", "\"old\"").writeTo(zip("good"));
        try (PluginHost host = start("search: {engines: [{kind: good}]}")) {
            assertThat(answer(host.services().searchEngines().getFirst())).isEqualTo("old");
        }

        new PluginZip("good").engine("good", "\"new\"").writeTo(zip("good"));
        Files.setLastModifiedTime(zip("good"), FileTime.fromMillis(0));
        try (PluginHost host = start("search: {engines: [{kind: good}]}")) {
            assertThat(answer(host.services().searchEngines().getFirst())).isEqualTo("new");
        }
        try (Stream<Path> unpacked = Files.list(home.resolve("data/plugins"))) {
            assertThat(unpacked).as("the old one is removed").hasSize(1);
        }
    }

    @Test
    void aCheckLeavesNothingRunningAndRemovesNothing() throws IOException {
        new PluginZip("good").engine("good", "1").writeTo(zip("good"));
        start("search: {engines: [{kind: good}]}").close();
        new PluginZip("good").engine("good", "2").writeTo(zip("good"));

        PluginHost.check(home, config("search: {engines: [{kind: good, name: checked}]}"));

        assertThat(System.getProperty("closed.checked")).isNotNull();
        try (Stream<Path> unpacked = Files.list(home.resolve("data/plugins"))) {
            assertThat(unpacked).hasSize(2);
        }
    }

    @Test
    void anUnpackedPluginIsTakenAsItIs() throws IOException {
        new PluginZip("good").engine("good", "\"unpacked\"").writeTo(home.resolve("good.zip"));
        new Unzip(
                        home.resolve("good.zip").toFile(),
                        home.resolve("plugins/good").toFile())
                .extract();

        try (PluginHost host = start("search: {engines: [{kind: good}]}")) {
            assertThat(answer(host.services().searchEngines().getFirst())).isEqualTo("unpacked");
        }
        assertThat(home.resolve("data/plugins")).doesNotExist();
    }

    @Test
    void withALockOnlyListedFilesAreLoaded() throws Exception {
        new PluginZip("listed").engine("listed", "1").writeTo(zip("listed"));
        new PluginZip("changed").engine("changed", "1").writeTo(zip("changed"));
        new PluginZip("unlisted").engine("unlisted", "1").writeTo(zip("unlisted"));
        new PluginZip("folder").engine("folder", "1").writeTo(home.resolve("folder.zip"));
        new Unzip(
                        home.resolve("folder.zip").toFile(),
                        home.resolve("plugins/folder").toFile())
                .extract();
        lock(
                "# sums",
                sum(zip("listed")) + "  listed.zip",
                "0".repeat(64) + " *changed.zip",
                sum(home.resolve("plugins/folder/plugin.properties")) + "  ./folder/plugin.properties",
                sum(home.resolve("plugins/folder/lib/plugin.jar")) + "  ./folder/lib/plugin.jar");

        try (PluginHost host = start("search: {engines: [{kind: listed}, {kind: folder}]}")) {
            assertThat(host.report())
                    .extracting(PluginReport::id, PluginReport::reason)
                    .containsExactly(
                            tuple("changed.zip", "config/plugins.lock has another SHA-256 sum for changed.zip"),
                            tuple("unlisted.zip", "config/plugins.lock does not list unlisted.zip"),
                            tuple("folder", ""),
                            tuple("listed", ""));
        }
        Files.writeString(home.resolve("plugins/folder/lib/more.jar"), "");
        refused(
                "search: {engines: [{kind: folder}]}",
                "config/orchestrator.yaml:1: search.engines[0]: no plugin offers the search engine kind 'folder', expected one of: listed",
                "plugin changed.zip: config/plugins.lock has another SHA-256 sum for changed.zip",
                "plugin folder: config/plugins.lock does not list folder/lib/more.jar",
                "plugin unlisted.zip: config/plugins.lock does not list unlisted.zip");
    }

    @ParameterizedTest
    @ValueSource(strings = {"good.zip", "1234  good.zip", "listed"})
    void aLockThatCannotBeReadStopsTheStart(String line) throws IOException {
        lock("", line);

        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> start(""))
                .withMessage("config/plugins.lock:2: expected a SHA-256 sum and a file's name");
    }

    @Test
    void withoutAPluginFolderNothingIsOffered() throws IOException {
        Files.delete(home.resolve("plugins"));

        refused(
                "classifier: {kind: rules}",
                "config/orchestrator.yaml:1: classifier: no plugin offers the classifier kind 'rules'",
                "plugin plugins: the plugin folder cannot be read: NoSuchFileException");
    }

    private static String factory(String member) {
        return """
                package sample;
                import ai.orchestrator.plugin.*;
                import ai.orchestrator.plugin.search.*;
                public class Bad implements SearchEngineFactory {
                    %s
                    public String kind() { return "bad"; }
                    public SearchEngine create(PluginContext context) { return null; }
                }
                """.formatted(member);
    }

    private void refused(String yaml, String... reasons) {
        PluginStartException fault = catchThrowableOfType(PluginStartException.class, () -> start(yaml));
        assertThat(fault.getMessage().lines()).containsExactly(reasons);
    }

    private static String reason(PluginHost host, String id) {
        return host.report().stream()
                .filter(plugin -> plugin.id().equals(id))
                .map(PluginReport::reason)
                .findFirst()
                .orElse("not reported");
    }

    private String answer(Service<SearchEngine> service) {
        return service.instance().search(SearchQuery.of("x", 1)).getFirst().title();
    }

    private PluginHost start(String yaml) {
        return PluginHost.start(home, config(yaml));
    }

    private OrchestratorConfig config(String yaml) {
        try {
            Files.createDirectories(home.resolve("config"));
            Files.writeString(home.resolve(ConfigLoader.FILE), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ConfigLoader.load(home, Map.of(), ListenAddress.NONE);
    }

    private void lock(String... lines) throws IOException {
        Files.createDirectories(home.resolve("config"));
        Files.write(home.resolve("config/plugins.lock"), List.of(lines));
    }

    private static String sum(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }

    private Path zip(String name) {
        return home.resolve("plugins/" + name + ".zip");
    }
}
