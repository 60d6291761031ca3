package ai.orchestrator.model.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.embed.EmbeddingRequest;
import ai.orchestrator.plugin.model.Capability;
import ai.orchestrator.plugin.model.ModelDescription;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.SamplingOptions;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which models are on offer. */
class ModelLibraryTest {
    @TempDir
    Path folder;

    @Test
    void tells_what_the_file_says() throws Exception {
        Path file = TinyModels.generator().to(folder.resolve("My Model v1.gguf"));
        TinyModels.embedder().to(folder.resolve("embedder.gguf"));
        try (LlamaCppProvider provider = Providers.of(folder)) {
            assertThat(names(provider)).containsExactly("my-model-v1:latest", "embedder:latest");
            ModelInfo info = provider.models().getFirst();
            assertThat(info.digest()).isEqualTo(sha256(file));
            assertThat(info.sizeBytes()).isEqualTo(Files.size(file));
            assertThat(info.modifiedAt())
                    .isEqualTo(Files.getLastModifiedTime(file).toInstant());
            assertThat(info.format()).isEqualTo("gguf");
            assertThat(info.families()).containsExactly("llama");
            assertThat(info.parameterSize()).isEqualTo("33K");
            assertThat(info.quantization()).isEqualTo("F32");
            assertThat(info.contextLength()).hasValue(TinyModels.CONTEXT);
            assertThat(info.embeddingLength()).hasValue(TinyModels.WIDTH);
            assertThat(info.capabilities()).isEqualTo(Set.of(Capability.COMPLETION));
            assertThat(info.remote()).isEmpty();
            assertThat(info.price()).isEmpty();
            assertThat(provider.models().getLast().capabilities()).isEqualTo(Set.of(Capability.EMBEDDING));
        }
    }

    @Test
    void describes_a_model() throws Exception {
        TinyModels.generator().put("tokenizer.chat_template", "{{ messages }}").to(folder.resolve("tiny.gguf"));
        Map<String, Object> model =
                Map.of("name", "mine:1", "file", "tiny.gguf", "parameters", Map.of("temperature", 0.5, "stop", "END"));
        try (LlamaCppProvider provider = Providers.of(folder, Map.of("models", List.of(model)))) {
            ModelDescription description = provider.describe("MINE:1").orElseThrow();

            assertThat(description.license()).isEqualTo("none");
            assertThat(description.template()).isEqualTo("{{ messages }}");
            assertThat(description.parameters()).isEqualTo("temperature 0.5\nstop \"END\"");
            assertThat(provider.model("mine:1").orElseThrow().defaults())
                    .contains(SamplingOptions.builder()
                            .numCtx(512)
                            .temperature(0.5)
                            .stop(List.of("END"))
                            .build());
            JsonNode metadata = new JsonMapper().readTree(description.metadataJson());
            assertThat(metadata.get("general.architecture").textValue()).isEqualTo("llama");
            assertThat(metadata.get("llama.context_length").intValue()).isEqualTo(TinyModels.CONTEXT);
            assertThat(metadata.has("tokenizer.ggml.tokens")).isFalse();
        }
    }

    @Test
    void a_new_file_appears_and_a_removed_one_goes_without_a_restart() throws IOException {
        try (LlamaCppProvider provider = Providers.of(folder)) {
            assertThat(provider.models()).isEmpty();
            Path file = TinyModels.generator().to(folder.resolve("late.gguf"));
            Ask.until("it appears", () -> names(provider).equals(List.of("late:latest")));
            Files.delete(file);
            Ask.until("it goes", () -> names(provider).isEmpty());
            assertThat(Ask.failure(provider, Ask.raw("late", "x", Ask.fixed(1))).code())
                    .isEqualTo(FailureCode.NOT_FOUND);
        }
    }

    @Test
    void a_configured_model_has_its_name_only_and_is_found_without_its_tag() {
        TinyModels.generator().to(folder.resolve("tiny.gguf"));
        Map<String, Object> model = Map.of("name", "Mine", "file", "tiny.gguf");
        try (LlamaCppProvider provider = Providers.of(folder, Map.of("models", List.of(model)))) {
            assertThat(names(provider)).containsExactly("mine:latest");
            assertThat(Ask.answer(provider, Ask.raw("MINE", "x", Ask.fixed(3))).finished())
                    .isNotNull();
        }
    }

    @Test
    void a_configured_model_without_its_file_says_how_to_get_it() {
        Map<String, Object> model =
                Map.of("name", "mine:1", "file", "mine.gguf", "how_to_get", "run ./manage.sh models");
        try (LlamaCppProvider provider = Providers.of(folder, Map.of("models", List.of(model)))) {
            assertThat(provider.models()).isEmpty();
            assertThat(provider.whyMissing("mine:1"))
                    .contains("model 'mine:1' is not installed; to get it: run ./manage.sh models");
            PluginFailure failure = Ask.failure(provider, Ask.raw("mine:1", "x", Ask.fixed(1)));
            assertThat(failure).isInstanceOf(PluginFailure.Permanent.class);
            assertThat(failure.code()).isEqualTo(FailureCode.NOT_INSTALLED);
            assertThat(failure).hasMessageContaining("run ./manage.sh models");
            assertThat(provider.health().state()).isEqualTo(Health.State.DEGRADED);
            assertThat(provider.health().detail()).contains("mine:1");
            assertThat(provider.whyMissing("other:1")).isEmpty();

            TinyModels.generator().to(folder.resolve("mine.gguf"));
            Ask.until("it is installed", () -> names(provider).equals(List.of("mine:1")));
            assertThat(provider.whyMissing("mine:1")).isEmpty();
        }
    }

    @Test
    void a_file_that_cannot_be_used_is_not_offered_and_says_why() throws IOException {
        byte[] whole = TinyModels.generator().bytes();
        Files.write(folder.resolve("cut.gguf"), Arrays.copyOf(whole, whole.length - 4000));
        Files.writeString(folder.resolve("text.gguf"), "hello");
        TinyModels.generator().put("split.count", 2).to(folder.resolve("part.gguf"));
        TinyModels.generator().put("general.architecture", "clip").to(folder.resolve("eyes.gguf"));
        TinyModels.generator().to(folder.resolve("good.gguf"));
        try (LlamaCppProvider provider = Providers.of(folder)) {
            assertThat(names(provider)).containsExactly("good:latest");
            assertThat(provider.whyMissing("cut").orElseThrow()).contains("cut short");
            assertThat(provider.whyMissing("text").orElseThrow()).contains("not a GGUF file");
            assertThat(provider.whyMissing("part").orElseThrow()).contains("split");
            assertThat(provider.whyMissing("eyes").orElseThrow()).contains("image");
            assertThat(Ask.failure(provider, Ask.raw("cut", "x", Ask.fixed(1))).code())
                    .isEqualTo(FailureCode.NOT_INSTALLED);
        }
    }

    @Test
    void digests_are_remembered_and_made_anew_when_a_file_changes() throws Exception {
        Path file = TinyModels.generator().to(folder.resolve("tiny.gguf"));
        String digest;
        try (LlamaCppProvider provider = Providers.of(folder)) {
            digest = provider.models().getFirst().digest();
        }
        Path remembered = folder.resolve(Digests.FILE);
        String other = "0".repeat(64);
        Files.writeString(remembered, Files.readString(remembered).replace(digest, other));
        try (LlamaCppProvider provider = Providers.of(folder)) {
            assertThat(provider.models().getFirst().digest())
                    .as("not read again")
                    .isEqualTo(other);
            Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_000_000L));
            Ask.until("it is read again", () -> provider.models().stream()
                    .anyMatch(model -> model.digest().equals(digest)));
        }
        Files.writeString(remembered, "{broken");
        try (LlamaCppProvider provider = Providers.of(folder)) {
            assertThat(provider.models().getFirst().digest()).isEqualTo(digest);
        }
    }

    @Test
    void a_generator_does_not_embed_and_an_embedder_does_not_generate() {
        TinyModels.generator().to(folder.resolve("tiny.gguf"));
        TinyModels.embedder().to(folder.resolve("embedder.gguf"));
        try (LlamaCppProvider provider = Providers.of(folder)) {
            Assertions.assertThatExceptionOfType(PluginFailure.Permanent.class)
                    .isThrownBy(() -> provider.embed(EmbeddingRequest.of("tiny:latest", List.of("x"))))
                    .withMessage("this model does not support embeddings")
                    .satisfies(failure -> assertThat(failure.code()).isEqualTo(FailureCode.UNSUPPORTED));
            PluginFailure failure = Ask.failure(provider, Ask.raw("embedder:latest", "x", Ask.fixed(1)));
            assertThat(failure.code()).isEqualTo(FailureCode.UNSUPPORTED);
            assertThat(failure).hasMessage("\"embedder:latest\" does not support generate");
        }
    }

    private static List<String> names(LlamaCppProvider provider) {
        return provider.models().stream().map(ModelInfo::name).toList();
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }
}
