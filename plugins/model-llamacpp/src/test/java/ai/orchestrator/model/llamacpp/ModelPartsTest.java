package ai.orchestrator.model.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.model.ModelInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Models that are more than one file. */
class ModelPartsTest {
    @TempDir
    Path folder;

    @BeforeEach
    void makeWeights() {
        TinyModels.generator().to(folder.resolve("tiny.gguf"));
    }

    @ParameterizedTest
    @EnumSource
    void adapters_of_the_settings_are_applied_and_make_another_model_of_it(On engine) {
        TinyModels.adapter(1).to(folder.resolve("one.gguf"));
        TinyModels.adapter(2).to(folder.resolve("two.gguf"));
        Map<String, Object> settings = Map.of(
                "models", List.of(model("plain"), model("a", "one.gguf"), model("b", "two.gguf")), "max_loaded", 3);
        try (LlamaCppProvider provider = engine.provider(folder, settings)) {
            assertThat(provider.models())
                    .extracting(ModelInfo::name)
                    .containsExactly("plain:latest", "a:latest", "b:latest");
            assertThat(provider.models()).extracting(ModelInfo::digest).doesNotHaveDuplicates();
            assertThat(provider.health().state()).isEqualTo(Health.State.UP);
            assertThat(List.of(answer(provider, "plain"), answer(provider, "a"), answer(provider, "b")))
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void several_adapters_are_for_llama_server() {
        TinyModels.adapter(1).to(folder.resolve("one.gguf"));
        TinyModels.adapter(2).to(folder.resolve("two.gguf"));
        Map<String, Object> settings =
                Map.of("models", List.of(model("a", "one.gguf"), model("ab", "one.gguf", "two.gguf")));
        try (LlamaCppProvider provider = Providers.onServer(folder, settings)) {
            assertThat(answer(provider, "ab")).isNotEqualTo(answer(provider, "a"));
        }
        try (LlamaCppProvider provider = Providers.of(folder, settings)) {
            assertThat(Ask.failure(provider, Ask.raw("ab", "abc", Ask.fixed(4))))
                    .hasMessageContaining("adapters");
        }
    }

    @Test
    void what_is_not_what_the_settings_say_has_a_reason() {
        TinyModels.projector().to(folder.resolve("eye.gguf"));
        Map<String, Object> blind = Map.of("name", "blind", "file", "tiny.gguf", "projector", "gone.gguf");
        try (LlamaCppProvider provider =
                Providers.of(folder, Map.of("models", List.of(model("odd", "eye.gguf"), blind)))) {
            assertThat(provider.models()).isEmpty();
            assertThat(provider.whyMissing("odd")).get().asString().endsWith("its adapter eye.gguf is no adapter");
            assertThat(provider.whyMissing("blind")).get().asString().endsWith("its projector gone.gguf is not there");
        }
    }

    @Test
    void a_projector_belongs_to_the_model_of_its_name_and_counts_for_the_digest() throws Exception {
        Path projector = TinyModels.projector().to(folder.resolve("mmproj-tiny.gguf"));
        TinyModels.projector().to(folder.resolve("mmproj-lonely.gguf"));
        String withIt;
        try (LlamaCppProvider provider = Providers.of(folder)) {
            assertThat(provider.models()).extracting(ModelInfo::name).containsExactly("tiny:latest");
            assertThat(provider.health().state()).isEqualTo(Health.State.UP);
            withIt = provider.models().getFirst().digest();
        }
        Files.delete(projector);
        try (LlamaCppProvider provider = Providers.of(folder)) {
            assertThat(provider.models().getFirst().digest()).isNotEqualTo(withIt);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_split_model_is_one_once_all_parts_are_there(On engine) throws Exception {
        Path second = folder.resolve("big-00002-of-00002.gguf");
        TinyModels.generator().toParts(folder, "big");
        byte[] content = Files.readAllBytes(second);
        Files.delete(second);
        try (LlamaCppProvider provider = engine.provider(folder)) {
            assertThat(provider.models()).extracting(ModelInfo::name).containsExactly("tiny:latest");
            assertThat(provider.whyMissing("big")).get().asString().contains("big-00002-of-00002.gguf is not there");

            Files.write(second, content);
            Ask.until("it is whole", () -> provider.models().size() == 2);
            List<ModelInfo> models = provider.models();
            assertThat(models).extracting(ModelInfo::name).containsExactlyInAnyOrder("big:latest", "tiny:latest");
            assertThat(models)
                    .extracting(ModelInfo::parameterSize)
                    .containsOnly(models.getFirst().parameterSize());
            assertThat(answer(provider, "big")).isEqualTo(answer(provider, "tiny"));
        }
    }

    private static Map<String, Object> model(String name, String... adapters) {
        return Map.of("name", name, "file", "tiny.gguf", "adapters", List.of(adapters));
    }

    private static String answer(LlamaCppProvider provider, String model) {
        return Ask.answer(provider, Ask.raw(model, "abcdefgh", Ask.fixed(24))).text();
    }
}
