package ai.orchestrator.server.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.groups.Tuple.tuple;

import ai.orchestrator.server.config.ConfigException;
import ai.orchestrator.server.digest.Digests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pf4j.util.Unzip;

/** From which files plugins are loaded. */
class PluginFilesTest {
    @TempDir
    Path home;

    private PluginHome plugins = new PluginHome(Path.of("unset"));

    @BeforeEach
    void settle() throws IOException {
        Files.createDirectories(home.resolve("plugins"));
        plugins = new PluginHome(home);
    }

    @Test
    void aReplacedZipIsPickedUpAtTheNextStartWhateverItsDate() throws IOException {
        new PluginZip("good").engine("good", "\"old\"").writeTo(plugins.zip("good"));
        try (PluginHost host = plugins.start("search: {engines: [{kind: good}]}")) {
            assertThat(PluginHome.answer(host.services().searchEngines().getFirst()))
                    .isEqualTo("old");
        }

        new PluginZip("good").engine("good", "\"new\"").writeTo(plugins.zip("good"));
        Files.setLastModifiedTime(plugins.zip("good"), FileTime.fromMillis(0));
        try (PluginHost host = plugins.start("search: {engines: [{kind: good}]}")) {
            assertThat(PluginHome.answer(host.services().searchEngines().getFirst()))
                    .isEqualTo("new");
        }
        try (Stream<Path> unpacked = Files.list(home.resolve("data/plugins"))) {
            assertThat(unpacked).as("the old one is removed").hasSize(1);
        }
    }

    @Test
    void aCheckLeavesNothingRunningAndRemovesNothing() throws IOException {
        new PluginZip("good").engine("good", "1").writeTo(plugins.zip("good"));
        plugins.start("search: {engines: [{kind: good}]}").close();
        new PluginZip("good").engine("good", "2").writeTo(plugins.zip("good"));

        PluginHost.check(home, plugins.config("search: {engines: [{kind: good, name: checked}]}"));

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

        try (PluginHost host = plugins.start("search: {engines: [{kind: good}]}")) {
            assertThat(PluginHome.answer(host.services().searchEngines().getFirst()))
                    .isEqualTo("unpacked");
        }
        assertThat(home.resolve("data/plugins")).doesNotExist();
    }

    @Test
    void withALockOnlyListedFilesAreLoaded() throws Exception {
        new PluginZip("listed").engine("listed", "1").writeTo(plugins.zip("listed"));
        new PluginZip("changed").engine("changed", "1").writeTo(plugins.zip("changed"));
        new PluginZip("unlisted").engine("unlisted", "1").writeTo(plugins.zip("unlisted"));
        new PluginZip("folder").engine("folder", "1").writeTo(home.resolve("folder.zip"));
        new Unzip(
                        home.resolve("folder.zip").toFile(),
                        home.resolve("plugins/folder").toFile())
                .extract();
        lock(
                "# sums",
                sum(plugins.zip("listed")) + "  listed.zip",
                "0".repeat(64) + " *changed.zip",
                sum(home.resolve("plugins/folder/plugin.properties")) + "  ./folder/plugin.properties",
                sum(home.resolve("plugins/folder/lib/plugin.jar")) + "  ./folder/lib/plugin.jar");

        try (PluginHost host = plugins.start("search: {engines: [{kind: listed}, {kind: folder}]}")) {
            assertThat(host.report())
                    .extracting(PluginReport::id, PluginReport::reason)
                    .containsExactly(
                            tuple("changed.zip", "config/plugins.lock has another SHA-256 sum for changed.zip"),
                            tuple("unlisted.zip", "config/plugins.lock does not list unlisted.zip"),
                            tuple("folder", ""),
                            tuple("listed", ""));
        }
        Files.writeString(home.resolve("plugins/folder/lib/more.jar"), "");
        plugins.refused(
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
                .isThrownBy(() -> plugins.start(""))
                .withMessage("config/plugins.lock:2: expected a SHA-256 sum and a file's name");
    }

    @Test
    void withoutAPluginFolderNothingIsOffered() throws IOException {
        Files.delete(home.resolve("plugins"));

        plugins.refused(
                "classifier: {kind: rules}",
                "config/orchestrator.yaml:1: classifier: no plugin offers the classifier kind 'rules'",
                "plugin plugins: the plugin folder cannot be read: NoSuchFileException");
    }

    private void lock(String... lines) throws IOException {
        Files.createDirectories(home.resolve("config"));
        Files.write(home.resolve("config/plugins.lock"), List.of(lines));
    }

    private static String sum(Path file) throws Exception {
        return HexFormat.of().formatHex(Digests.sha256(file).digest());
    }
}
