package ai.orchestrator.model.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.model.LoadedModel;
import ai.orchestrator.plugin.model.ModelFiles;
import ai.orchestrator.plugin.model.ModelInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that the host keeps. */
class OfferedModelsTest {
    private static final String DIGEST = "ab".repeat(32);

    @TempDir
    Path folder;

    @TempDir
    Path store;

    private Path weights;

    @BeforeEach
    void makeModel() {
        weights = TinyModels.generator().to(store.resolve("sha256-1"));
    }

    @Test
    void are_on_offer_at_once_by_the_hosts_names_and_digests() {
        try (LlamaCppProvider provider = Providers.of(folder)) {
            provider.offer(List.of(files("one:latest"), files("ns/two:7b")));

            assertThat(provider.models())
                    .extracting(ModelInfo::name)
                    .containsExactlyInAnyOrder("one:latest", "ns/two:7b");
            assertThat(provider.models()).extracting(ModelInfo::digest).containsOnly(DIGEST);
            assertThat(Ask.answer(provider, Ask.raw("ns/two:7b", "abc", Ask.fixed(4)))
                            .text())
                    .isNotEmpty();

            provider.offer(List.of());
            assertThat(provider.models()).isEmpty();
            assertThat(Ask.failure(provider, Ask.raw("one:latest", "abc", Ask.fixed(4)))
                            .code())
                    .isEqualTo(FailureCode.NOT_FOUND);
        }
    }

    @Test
    void names_of_the_same_files_share_one_process_which_has_the_name_that_was_asked_for() {
        try (LlamaCppProvider provider = Providers.of(folder)) {
            provider.offer(List.of(files("one:latest"), files("two:latest")));
            provider.load("one:latest", Optional.empty());
            long process = provider.worker("one:latest").orElseThrow().child().pid();
            Ask.answer(provider, Ask.raw("two:latest", "abc", Ask.fixed(4)));

            assertThat(provider.loaded()).extracting(LoadedModel::name).containsExactly("two:latest");
            assertThat(provider.worker("two:latest").orElseThrow().child().pid())
                    .isEqualTo(process);

            provider.offer(List.of(files("one:latest")));
            assertThat(provider.loaded()).extracting(LoadedModel::name).containsExactly("one:latest");
            provider.unload("one:latest");
            assertThat(provider.loaded()).isEmpty();
        }
    }

    @Test
    void what_is_not_on_offer_any_more_is_unloaded() {
        try (LlamaCppProvider provider = Providers.of(folder)) {
            provider.offer(List.of(files("one:latest")));
            provider.load("one:latest", Optional.empty());
            ChildProcess process = provider.worker("one:latest").orElseThrow().child();
            Path other = TinyModels.generator().put("general.name", "other").to(store.resolve("sha256-2"));
            provider.offer(List.of(
                    new ModelFiles("one:latest", "cd".repeat(32), other, List.of(), Optional.empty(), Instant.now())));

            Ask.until("the old one is gone", () -> !process.isAlive());
            provider.load("one:latest", Optional.empty());
            assertThat(provider.loaded()).hasSize(1);
        }
    }

    @Test
    void what_cannot_be_read_has_a_reason_and_the_others_are_there() throws Exception {
        Path broken = Files.writeString(store.resolve("sha256-3"), "no model");
        ModelFiles lost = new ModelFiles(
                "lost:latest", DIGEST, store.resolve("gone"), List.of(), Optional.empty(), Instant.now());
        ModelFiles bad = new ModelFiles("bad:latest", DIGEST, broken, List.of(), Optional.empty(), Instant.now());
        try (LlamaCppProvider provider = Providers.of(folder)) {
            provider.offer(List.of(lost, bad, files("one:latest")));

            assertThat(provider.models()).extracting(ModelInfo::name).containsExactly("one:latest");
            assertThat(provider.whyMissing("lost:latest"))
                    .hasValueSatisfying(
                            why -> assertThat(why).contains("lost:latest").doesNotContain(store.toString()));
            assertThat(provider.whyMissing("bad:latest"))
                    .hasValueSatisfying(why -> assertThat(why).contains("not a GGUF file"));
        }
    }

    @Test
    void a_model_of_the_folder_keeps_its_name() {
        TinyModels.generator().put("general.name", "own").to(folder.resolve("one.gguf"));
        try (LlamaCppProvider provider = Providers.of(folder)) {
            provider.offer(List.of(files("one:latest")));

            assertThat(provider.models()).hasSize(1);
            assertThat(provider.models().getFirst().digest()).isNotEqualTo(DIGEST);
        }
    }

    private ModelFiles files(String name) {
        return new ModelFiles(name, DIGEST, weights, List.of(), Optional.empty(), Instant.EPOCH);
    }
}
