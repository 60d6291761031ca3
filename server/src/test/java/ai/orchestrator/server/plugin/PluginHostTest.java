package ai.orchestrator.server.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.search.SearchEngine;
import ai.orchestrator.server.plugin.PluginReport.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a plugin sees, and what is made of it. */
class PluginHostTest {
    @TempDir
    Path home;

    private PluginHome plugins = new PluginHome(Path.of("unset"));

    @BeforeEach
    void settle() throws IOException {
        Files.createDirectories(home.resolve("plugins"));
        plugins = new PluginHome(home);
    }

    @Test
    void aConfiguredServiceIsMadeWithItsContext() throws IOException {
        new PluginZip("good")
                .engine(
                        "good",
                        "said",
                        "String said = context.name() + context.settings().text(\"word\") + context.userAgent() + context.resolve(\"x\");")
                .writeTo(plugins.zip("good"));

        try (PluginHost host = plugins.start("search: {engines: [{kind: good, name: first, word: '!'}]}")) {
            Service<SearchEngine> service = host.services().searchEngines().getFirst();
            assertThat(service)
                    .extracting(Service::name, Service::kind, Service::pluginId, Service::pluginVersion)
                    .containsExactly("first", "good", "good", "1.2.3");
            assertThat(PluginHome.answer(service)).isEqualTo("first!ai-orchestrator/0.1.0" + home.resolve("x"));
            assertThat(host.report()).containsExactly(new PluginReport("good", "1.2.3", State.ACTIVE, ""));
        }
        try (Stream<Path> files = Files.list(home.resolve("plugins"))) {
            assertThat(files).as("nothing is written into the plugin folder").containsExactly(plugins.zip("good"));
        }
    }

    @Test
    void servicesComeInTheOrderOfTheConfigurationAndCloseInReverse() {
        new PluginZip("one").engine("one", "1").writeTo(plugins.zip("one"));
        new PluginZip("two").engine("two", "2").writeTo(plugins.zip("two"));

        PluginHost host =
                plugins.start("search: {engines: [{kind: two, name: a}, {kind: one, name: b}, {kind: two, name: c}]}");
        assertThat(host.services().searchEngines())
                .extracting(PluginHome::answer)
                .containsExactly("2", "1", "2");
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
        new PluginZip("looks").engine("looks", sees).writeTo(plugins.zip("looks"));

        try (PluginHost host = plugins.start("search: {engines: [{kind: looks}]}")) {
            assertThat(PluginHome.answer(host.services().searchEngines().getFirst()))
                    .isEqualTo("1111100000");
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
                    .writeTo(plugins.zip(version));
        }

        try (PluginHost host = plugins.start("search: {engines: [{kind: one}, {kind: two}]}")) {
            assertThat(host.services().searchEngines())
                    .extracting(PluginHome::answer)
                    .containsExactly("one", "two");
        }
    }

    @Test
    void aLibraryWithAnEmptyIndexDoesNotHideThePluginsExtensions() {
        new PluginZip("good")
                .library("a-library")
                .library("z-library")
                .engine("good", "1")
                .writeTo(plugins.zip("good"));

        try (PluginHost host = plugins.start("search: {engines: [{kind: good}]}")) {
            assertThat(PluginHome.answer(host.services().searchEngines().getFirst()))
                    .isEqualTo("1");
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
                .writeTo(plugins.zip("copy"));

        try (PluginHost host = plugins.start("search: {engines: [{kind: copy}]}")) {
            assertThat(PluginHome.answer(host.services().searchEngines().getFirst()))
                    .isEqualTo("true");
        }
    }

    @Test
    void theThreadsClassLoaderIsThePluginsWhileItsServiceIsMade() {
        new PluginZip("tccl")
                .engine(
                        "tccl",
                        "made",
                        "boolean made = Thread.currentThread().getContextClassLoader() == getClass().getClassLoader();")
                .writeTo(plugins.zip("tccl"));
        ClassLoader before = Thread.currentThread().getContextClassLoader();

        try (PluginHost host = plugins.start("search: {engines: [{kind: tccl}]}")) {
            assertThat(PluginHome.answer(host.services().searchEngines().getFirst()))
                    .isEqualTo("true");
            assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
        }
    }

    @Test
    void aDependencyBetweenPluginsIsHonoured() {
        new PluginZip("zz-base")
                .source(
                        "base.Words",
                        "package base; public class Words { public static String word() { return \"base\"; } }")
                .engine("base", "1")
                .writeTo(plugins.zip("zz-base"));
        String reflective =
                "((java.util.function.Supplier<String>) () -> { try { return (String) Class.forName(\"base.Words\").getMethod(\"word\").invoke(null); } catch (ReflectiveOperationException e) { return e.toString(); } }).get()";
        new PluginZip("aa-user")
                .property("plugin.dependencies", "zz-base")
                .engine("user", reflective)
                .writeTo(plugins.zip("aa-user"));

        try (PluginHost host = plugins.start("search: {engines: [{kind: user}]}")) {
            assertThat(PluginHome.answer(host.services().searchEngines().getFirst()))
                    .isEqualTo("base");
        }
    }
}
