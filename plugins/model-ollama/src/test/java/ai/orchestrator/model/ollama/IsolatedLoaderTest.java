package ai.orchestrator.model.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.openai.wire.HttpCalls;
import ai.orchestrator.plugin.Settings;
import ai.orchestrator.plugin.model.ModelProvider;
import ai.orchestrator.plugin.model.ModelProviderFactory;
import ai.orchestrator.plugin.model.ModelRequest;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.testkit.IsolatedClassLoader;
import ai.orchestrator.testkit.ModelEventRecorder;
import ai.orchestrator.testkit.fakes.FakeOllama;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import kotlin.Unit;
import okhttp3.OkHttpClient;
import okio.Okio;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The plugin in a class loader like the host's: nothing of the host is seen but the contract, and the thread's own loader is another. */
class IsolatedLoaderTest {
    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    @AfterEach
    void restoreContextClassLoader() {
        Thread.currentThread().setContextClassLoader(before);
    }

    @Test
    void answersFromItsOwnClassLoader() throws Exception {
        try (FakeOllama fake = new FakeOllama(0);
                IsolatedClassLoader loader = new IsolatedClassLoader(
                        OllamaFactory.class,
                        HttpCalls.class,
                        OkHttpClient.class,
                        Okio.class,
                        Unit.class,
                        ObjectMapper.class,
                        JsonFactory.class,
                        JsonCreator.class)) {
            Thread.currentThread().setContextClassLoader(loader.getParent());
            Class<?> type = loader.loadClass(OllamaFactory.class.getName());
            assertThat(type).isNotSameAs(OllamaFactory.class);
            ModelProviderFactory factory =
                    (ModelProviderFactory) type.getDeclaredConstructor().newInstance();
            Settings settings =
                    Settings.of(Map.of("url", fake.url().toString(), "models", List.of(Map.of("id", "chat:7b"))));
            try (ModelProvider provider = factory.create(Providers.context(settings))) {
                ModelEventRecorder events = new ModelEventRecorder();
                provider.stream(ModelRequest.of("r1", "chat:7b", Prompt.user("Hello")), events);
                assertThat(events.text()).contains("words");
            }
            assertThat(loader.loadClass(OkHttpClient.class.getName()).getClassLoader())
                    .isSameAs(loader);
        }
    }
}
