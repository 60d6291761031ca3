package ai.orchestrator.model.openrouter;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.Settings;
import ai.orchestrator.plugin.model.ModelProvider;
import ai.orchestrator.plugin.model.ModelProviderFactory;
import ai.orchestrator.plugin.model.ModelRequest;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.testkit.ModelEventRecorder;
import ai.orchestrator.testkit.fakes.FakeOpenRouter;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The plugin in a class loader like the host's: nothing of the host is seen but the contract, and the thread's own loader is another. */
class IsolatedLoaderTest {
    private static final List<String> SERVED_BY_THE_HOST =
            List.of("ai.orchestrator.plugin.", "org.pf4j.", "org.slf4j.", "org.jspecify.");

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    @AfterEach
    void restoreContextClassLoader() {
        Thread.currentThread().setContextClassLoader(before);
    }

    @Test
    void answersFromItsOwnClassLoader() throws Exception {
        try (FakeOpenRouter fake = new FakeOpenRouter(0);
                URLClassLoader loader = new URLClassLoader(plugin(), new Host())) {
            Thread.currentThread().setContextClassLoader(new Host());
            Class<?> type = loader.loadClass(OpenRouterFactory.class.getName());
            assertThat(type).isNotSameAs(OpenRouterFactory.class);
            ModelProviderFactory factory =
                    (ModelProviderFactory) type.getDeclaredConstructor().newInstance();
            Settings settings = Settings.of(
                    Map.of("api_key", Providers.KEY, "base_url", fake.url().toString()));
            try (ModelProvider provider = factory.create(Providers.context(settings))) {
                ModelEventRecorder events = new ModelEventRecorder();
                provider.stream(ModelRequest.of("r1", "openrouter/auto:latest", Prompt.user("Hello")), events);
                assertThat(events.text()).contains("Hello");
            }
            assertThat(loader.loadClass("okhttp3.OkHttpClient").getClassLoader())
                    .isSameAs(loader);
        }
    }

    /** The plugin's classes and its libraries: what its zip holds. */
    private static URL[] plugin() throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator), -1)) {
            String path = entry.replace(File.separatorChar, '/');
            boolean library = path.matches(".*/(okhttp|okio|kotlin-stdlib|jackson)[^/]*\\.jar");
            boolean ours = path.matches(".*/(openai-wire|model-openrouter)/target/(classes|[^/]*\\.jar)");
            if (library || ours) {
                urls.add(Path.of(entry).toUri().toURL());
            }
        }
        return urls.toArray(URL[]::new);
    }

    /** What the host lets a plugin see. */
    private static final class Host extends ClassLoader {
        Host() {
            super(ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (SERVED_BY_THE_HOST.stream().anyMatch(name::startsWith)) {
                return IsolatedLoaderTest.class.getClassLoader().loadClass(name);
            }
            throw new ClassNotFoundException(name);
        }
    }
}
