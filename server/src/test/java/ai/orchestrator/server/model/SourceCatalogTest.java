package ai.orchestrator.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.model.Capability;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.RemoteOrigin;
import ai.orchestrator.server.http.FakeCatalog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceCatalogTest {
    private final FakeCatalog models = new FakeCatalog();
    private final SourceCatalog catalog = new SourceCatalog(models, false);

    SourceCatalogTest() {
        models.models.clear();
        models.models.add(FakeCatalog.model("near:135m", Capability.COMPLETION));
        models.models.add(FakeCatalog.model("near:latest", Capability.COMPLETION));
        models.models.add(remote("far:latest"));
        models.models.add(remote("far:20b"));
        models.models.add(remote("own:20b-cloud"));
        models.models.add(FakeCatalog.model("odd:local", Capability.COMPLETION));
    }

    @ParameterizedTest
    @CsvSource({
        "near:local, near:latest",
        "near:135m:local, near:135m",
        "NEAR:135M:LOCAL, near:135m",
        "far:cloud, far:latest",
        "far:20b:cloud, far:20b",
        "far:20b-cloud, far:20b",
        "own:20b-cloud, own:20b-cloud",
        "own:20b-cloud:cloud, own:20b-cloud",
        "odd:local, odd:local",
        "near:cloud, ",
        "near:135m:cloud, ",
        "far:local, ",
        "far:20b:local, ",
        "nope:local, ",
    })
    void aNameCanAskWhereTheModelRuns(String name, String found) {
        if (found == null) {
            assertThat(catalog.find(name)).isEmpty();
        } else {
            assertThat(catalog.find(name)).map(ModelInfo::name).contains(found);
        }
    }

    @Test
    void whatRunsElsewhereIsLeftOutWhereRequestsStayOnTheMachine() {
        SourceCatalog local = new SourceCatalog(models, true);

        assertThat(local.list()).extracting(ModelInfo::name).containsExactly("near:135m", "near:latest", "odd:local");
        assertThat(local.find("far")).isEmpty();
        assertThat(local.refusesRemote("far")).isTrue();
        assertThat(local.refusesRemote("far:20b:cloud")).isTrue();
        assertThat(local.refusesRemote("near")).isFalse();
        assertThat(local.refusesRemote("nope")).isFalse();
        assertThat(local.refusesRemote("nope:cloud")).isTrue();
        assertThat(local.refusesRemote("nope:7b-cloud")).isTrue();
        assertThat(local.refusesRemote("near:cloud")).isTrue();
        assertThat(local.refusesRemote("nope:local")).isFalse();
        assertThat(catalog.refusesRemote("nope:cloud")).isFalse();
        assertThat(local.whyMissing("far"))
                .contains("model 'far' runs elsewhere, and this server keeps every request on its machine");
        assertThat(catalog.refusesRemote("far")).isFalse();
    }

    private static ModelInfo remote(String name) {
        return FakeCatalog.remote(name, new RemoteOrigin(name, "https://far.example"));
    }
}
