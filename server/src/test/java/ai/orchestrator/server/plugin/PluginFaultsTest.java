package ai.orchestrator.server.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import ai.orchestrator.server.plugin.PluginReport.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with plugins or their configuration: what stops the start, and what is left out. */
class PluginFaultsTest {
    @TempDir
    Path home;

    private PluginHome plugins = new PluginHome(Path.of("unset"));

    @BeforeEach
    void settle() throws IOException {
        Files.createDirectories(home.resolve("plugins"));
        plugins = new PluginHome(home);
    }

    @Test
    void everyReasonIsListed() throws IOException {
        new PluginZip("strict")
                .engine("strict", "1", "context.settings().text(\"url\");")
                .writeTo(plugins.zip("strict"));
        new PluginZip("fails")
                .engine("fails", "1", "if (true) throw new IllegalStateException(\"no way\");")
                .writeTo(plugins.zip("fails"));
        new PluginZip("nothing")
                .engine("nothing", "1", "if (true) return null;")
                .writeTo(plugins.zip("nothing"));
        new PluginZip("lax")
                .engine("lax", "1", "context.settings().text(\"timeout\", \"\");")
                .writeTo(plugins.zip("lax"));
        Files.writeString(plugins.zip("corrupt"), "this is no zip");

        plugins.refused(
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
        new PluginZip("fine").engine("fine", "1").writeTo(plugins.zip("fine"));

        plugins.refused(
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
                .writeTo(plugins.zip("leaks"));

        plugins.refused(
                "search: {engines: [{kind: leaks, api_key: sk-hidden}]}",
                "config/orchestrator.yaml:1: search.engines[0]: cannot be made: IllegalStateException: ***");
    }

    @Test
    void anOptionalServiceIsLeftOut() {
        new PluginZip("fine").engine("fine", "1").writeTo(plugins.zip("fine"));
        new PluginZip("fails")
                .engine("fails", "1", "if (true) throw new IllegalStateException(\"no way\");")
                .writeTo(plugins.zip("fails"));

        try (PluginHost host = plugins.start(
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
        new PluginZip("fine").engine("fine", "1").writeTo(plugins.zip("fine"));
        Files.writeString(plugins.zip("corrupt"), "this is no zip");
        new PluginZip("outside").entry("../outside.txt", "x").writeTo(plugins.zip("outside"));
        new PluginZip("version")
                .property("plugin.requires", ">=9.0.0")
                .engine("version", "1")
                .writeTo(plugins.zip("version"));
        new PluginZip("range")
                .property("plugin.requires", "newest")
                .engine("range", "1")
                .writeTo(plugins.zip("range"));
        new PluginZip("nameless").without("plugin.id").engine("nameless", "1").writeTo(plugins.zip("nameless"));
        new PluginZip("undated")
                .without("plugin.version")
                .engine("undated", "1")
                .writeTo(plugins.zip("undated"));
        new PluginZip("empty").writeTo(plugins.zip("empty"));
        new PluginZip("needs")
                .property("plugin.dependencies", "not-there")
                .engine("needs", "1")
                .writeTo(plugins.zip("needs"));
        new PluginZip("other")
                .extension("sample.Other", "package sample; public class Other implements org.pf4j.ExtensionPoint { }")
                .writeTo(plugins.zip("other"));
        new PluginZip("kindless")
                .extension("sample.Bad", factory("").replace("\"bad\"", "null"))
                .writeTo(plugins.zip("kindless"));
        new PluginZip("constructor")
                .extension("sample.Bad", factory("public Bad() { throw new IllegalStateException(\"no luck\"); }"))
                .writeTo(plugins.zip("constructor"));
        new PluginZip("static")
                .extension("sample.Bad", factory("static { if (true) throw new IllegalStateException(\"no luck\"); }"))
                .writeTo(plugins.zip("static"));
        new PluginZip("stop")
                .property("plugin.class", "sample.Main")
                .source(
                        "sample.Main",
                        "package sample; public class Main extends org.pf4j.Plugin { public void start() { throw new IllegalStateException(\"not today\"); } }")
                .engine("stop", "1")
                .writeTo(plugins.zip("stop"));
        new PluginZip("lacks")
                .property("plugin.class", "sample.Absent")
                .engine("lacks", "1")
                .writeTo(plugins.zip("lacks"));
        Files.createDirectories(home.resolve("plugins/folder"));
        Files.writeString(home.resolve("plugins/README.txt"), "not a plugin");

        try (PluginHost host = plugins.start("search: {engines: [{kind: fine}]}")) {
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
        new PluginZip("same").engine("first", "1").writeTo(plugins.zip("a"));
        new PluginZip("same").engine("second", "1").writeTo(plugins.zip("b"));

        plugins.refused(
                "search: {engines: [{kind: first}]}",
                "config/orchestrator.yaml:1: search.engines[0]: no plugin offers the search engine kind 'first'",
                "plugin same: the id is in a.zip and in b.zip: remove all but one",
                "plugin same: the id is in a.zip and in b.zip: remove all but one");
    }

    @Test
    void aKindThatTwoPluginsOfferCannotBeUsed() {
        new PluginZip("one").engine("same", "1").writeTo(plugins.zip("a"));
        new PluginZip("two").engine("same", "1").writeTo(plugins.zip("b"));

        plugins.refused(
                "search: {engines: [{kind: same}]}",
                "config/orchestrator.yaml:1: search.engines[0]: the kind 'same' is offered by the plugins one and two: remove all but one");
        plugins.start("").close();
    }

    @Test
    void aKindCountsOnlyInItsFamily() {
        new PluginZip("good").engine("good", "1").writeTo(plugins.zip("good"));

        plugins.refused(
                "cache: {tiers: [{kind: good}]}",
                "config/orchestrator.yaml:1: cache.tiers[0]: no plugin offers the cache tier kind 'good'");
    }

    @Test
    void pluginsThatNeedEachOtherAreLeftOut() {
        new PluginZip("one")
                .property("plugin.dependencies", "two")
                .engine("one", "1")
                .writeTo(plugins.zip("one"));
        new PluginZip("two")
                .property("plugin.dependencies", "one")
                .engine("two", "1")
                .writeTo(plugins.zip("two"));
        new PluginZip("fine").engine("fine", "1").writeTo(plugins.zip("fine"));

        try (PluginHost host = plugins.start("search: {engines: [{kind: fine}]}")) {
            assertThat(host.report())
                    .extracting(PluginReport::id, PluginReport::state)
                    .containsExactlyInAnyOrder(
                            tuple("one", State.FAILED), tuple("two", State.FAILED), tuple("fine", State.ACTIVE));
        }
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

    private static String reason(PluginHost host, String id) {
        return host.report().stream()
                .filter(plugin -> plugin.id().equals(id))
                .map(PluginReport::reason)
                .findFirst()
                .orElse("not reported");
    }
}
