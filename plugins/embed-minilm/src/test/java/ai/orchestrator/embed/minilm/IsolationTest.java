package ai.orchestrator.embed.minilm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.onnxruntime.OrtEnvironment;
import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.PluginContext;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.Settings;
import ai.orchestrator.plugin.embed.EmbeddingProvider;
import ai.orchestrator.plugin.embed.EmbeddingProviderFactory;
import ai.orchestrator.plugin.embed.EmbeddingRequest;
import ai.orchestrator.testkit.IsolatedClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plugin as the host loads it: by a class loader of its own, while the threads keep the host's. */
class IsolationTest {
    @TempDir
    Path home;

    @Test
    void works_from_two_class_loaders_at_once() throws Exception {
        try (IsolatedClassLoader one = pluginLoader();
                IsolatedClassLoader two = pluginLoader();
                EmbeddingProvider first = provider(one);
                EmbeddingProvider second = provider(two)) {
            EmbeddingRequest request = EmbeddingRequest.of("all-minilm:latest", List.of("the same text"));

            assertThat(first.getClass()).isNotEqualTo(second.getClass()).isNotEqualTo(MiniLmProvider.class);
            assertThat(first.embed(request).vectors().getFirst())
                    .containsExactly(second.embed(request).vectors().getFirst());
        }
    }

    @Test
    void loads_when_it_is_asked_to_embed_nothing_and_leaves_no_file_behind() throws Exception {
        try (IsolatedClassLoader loader = pluginLoader();
                EmbeddingProvider provider = provider(loader)) {
            assertThat(home).isEmptyDirectory();

            provider.embed(EmbeddingRequest.of("all-minilm:latest", List.of()));
            assertThat(scratch()).isEmptyDirectory();
        }
    }

    @Test
    void recovers_when_it_could_not_load() throws Exception {
        EmbeddingRequest request = EmbeddingRequest.of("all-minilm:latest", List.of("text"));
        Files.createDirectories(scratch().getParent());
        Files.writeString(scratch(), "in the way");

        try (IsolatedClassLoader loader = pluginLoader();
                EmbeddingProvider provider = provider(loader)) {
            assertThatExceptionOfType(PluginFailure.class)
                    .isThrownBy(() -> provider.embed(request))
                    .withMessageContaining("could not be loaded");
            assertThat(provider.health().state()).isEqualTo(Health.State.DOWN);

            Files.delete(scratch());
            assertThat(provider.embed(request).vectors()).hasSize(1);
            assertThat(provider.health()).isEqualTo(Health.up());
        }
    }

    private Path scratch() {
        return home.resolve("data/native");
    }

    private EmbeddingProvider provider(ClassLoader loader) throws ReflectiveOperationException {
        EmbeddingProviderFactory factory = (EmbeddingProviderFactory)
                loader.loadClass(MiniLmFactory.class.getName()).getConstructor().newInstance();
        return factory.create(new PluginContext("minilm", Settings.of(Map.of()), home, "test"));
    }

    private static IsolatedClassLoader pluginLoader() {
        return new IsolatedClassLoader(MiniLmFactory.class, OrtEnvironment.class)
                .with(MiniLm.MODEL_RESOURCE)
                .with(MiniLm.VOCABULARY_RESOURCE);
    }
}
