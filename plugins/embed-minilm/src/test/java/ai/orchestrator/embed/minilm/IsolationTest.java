package ai.orchestrator.embed.minilm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.PluginContext;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.Settings;
import ai.orchestrator.plugin.embed.EmbeddingProvider;
import ai.orchestrator.plugin.embed.EmbeddingProviderFactory;
import ai.orchestrator.plugin.embed.EmbeddingRequest;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plugin as the host loads it: by a class loader of its own, while the threads keep the host's. */
class IsolationTest {
    private static final List<String> OF_THE_HOST =
            List.of("ai.orchestrator.plugin.", "org.pf4j.", "org.slf4j.", "org.jspecify.");
    private static final List<String> OF_THE_PLUGIN =
            List.of("embed-minilm/target/classes", "onnxruntime-", "langchain4j-embeddings-");

    @TempDir
    Path home;

    @Test
    void works_from_two_class_loaders_at_once() throws Exception {
        try (URLClassLoader one = pluginLoader();
                URLClassLoader two = pluginLoader();
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
        try (URLClassLoader loader = pluginLoader();
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

        try (URLClassLoader loader = pluginLoader();
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

    private static URLClassLoader pluginLoader() {
        URL[] urls = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> OF_THE_PLUGIN.stream().anyMatch(entry::contains))
                .map(IsolationTest::url)
                .toArray(URL[]::new);
        return new URLClassLoader(urls, new HostLoader());
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new AssertionError(e);
        }
    }

    /** Shows a plugin the JDK and what the host shares, and nothing else of the test's class path. */
    private static final class HostLoader extends ClassLoader {
        HostLoader() {
            super(ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (OF_THE_HOST.stream().anyMatch(name::startsWith)) {
                return IsolationTest.class.getClassLoader().loadClass(name);
            }
            throw new ClassNotFoundException(name);
        }
    }
}
