package ai.orchestrator.server.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.embed.EmbeddingRequest;
import ai.orchestrator.plugin.model.Capability;
import ai.orchestrator.plugin.model.LoadedModel;
import ai.orchestrator.plugin.model.ModelInfo;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServiceCatalogTest {
    private static final Instant STARTED = Instant.parse("2026-11-22T12:00:00Z");

    private final ScriptedProvider chat = new ScriptedProvider(
            List.of(
                    ScriptedProvider.model("chat:latest", STARTED.minusSeconds(9), Capability.COMPLETION),
                    ScriptedProvider.model("both:latest", STARTED.plusSeconds(9), Capability.EMBEDDING)),
            (request, events) -> {});
    private final ScriptedProvider embedder = new ScriptedProvider(
            List.of(
                    ScriptedProvider.model("both:latest", STARTED, Capability.EMBEDDING),
                    ScriptedProvider.model("mini:latest", STARTED.minusSeconds(5), Capability.EMBEDDING),
                    ScriptedProvider.model("more:latest", STARTED.minusSeconds(6), Capability.EMBEDDING)),
            (request, events) -> {});
    private final ServiceCatalog catalog =
            new ServiceCatalog(List.of(chat), List.of(embedder), () -> "f".repeat(64), STARTED);

    @Test
    void listsEveryNameOnceNewestFirst() {
        assertThat(catalog.list())
                .extracting(ModelInfo::name)
                .containsExactly("both:latest", "auto:latest", "mini:latest", "more:latest", "chat:latest");
    }

    @Test
    void findsModelsInAnySpelling() {
        assertThat(catalog.find("CHAT")).map(ModelInfo::name).contains("chat:latest");
        assertThat(catalog.find("library/mini")).map(ModelInfo::name).contains("mini:latest");
        assertThat(catalog.find("auto")).map(ModelInfo::digest).contains("f".repeat(64));
        assertThat(catalog.find("nope")).isEmpty();
        assertThat(catalog.find("no pe")).isEmpty();
        assertThat(catalog.whyMissing("absent")).contains("fetch it");
    }

    @Test
    void embedsWithTheFirstThatOffersTheModel() {
        assertThat(catalog.embed(EmbeddingRequest.of("both:latest", List.of("x")))
                        .vectors()
                        .getFirst())
                .containsExactly(3);
        assertThatThrownBy(() -> catalog.embed(EmbeddingRequest.of("chat:latest", List.of("x"))))
                .isInstanceOfSatisfying(PluginFailure.class, failure -> assertThat(failure.code())
                        .isEqualTo(FailureCode.UNSUPPORTED));
    }

    @Test
    void showsWhatIsLoadedLastToExpireFirst() {
        chat.loaded.add(new LoadedModel("chat:latest", "engine 1", 10, 128, Optional.of(STARTED)));
        chat.loaded.add(new LoadedModel("both:latest", "engine 1", 10, 128, Optional.empty()));
        chat.loaded.add(new LoadedModel("gone:latest", "engine 1", 10, 128, Optional.empty()));

        assertThat(catalog.running())
                .extracting(running -> running.model().name())
                .containsExactly("both:latest", "chat:latest");
    }
}
