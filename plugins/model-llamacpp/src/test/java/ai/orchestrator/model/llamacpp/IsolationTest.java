package ai.orchestrator.model.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.PluginContext;
import ai.orchestrator.plugin.Settings;
import ai.orchestrator.plugin.model.ModelProvider;
import ai.orchestrator.plugin.model.ModelProviderFactory;
import ai.orchestrator.testkit.IsolatedClassLoader;
import ai.orchestrator.testkit.ModelEventRecorder;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.json.JsonMapper;
import de.kherud.llama.LlamaModel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import kotlin.Unit;
import okhttp3.OkHttpClient;
import okio.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plugin finds its own jars for its workers, loaded as the host loads it. */
class IsolationTest {
    @TempDir
    Path folder;

    @Test
    void answers_from_within_its_own_class_loader() throws Exception {
        assertAnswers(Map.of("engine", "embedded"));
    }

    @Test
    void answers_through_a_server_from_within_its_own_class_loader() throws Exception {
        String binary = LlamaServer.binary().toString();
        assertAnswers(Map.of("engine", "server", "server", Map.of("binary", binary)));
    }

    private void assertAnswers(Map<String, Object> engine) throws Exception {
        TinyModels.generator().to(folder.resolve("tiny.gguf"));
        Map<String, Object> all = new HashMap<>(Map.of("folder", folder.toString(), "context", 128));
        all.putAll(engine);
        Settings settings = Settings.of(all);
        try (IsolatedClassLoader loader = new IsolatedClassLoader(
                LlamaCppFactory.class,
                LlamaModel.class,
                JsonMapper.class,
                JsonFactory.class,
                JsonTypeInfo.class,
                OkHttpClient.class,
                Buffer.class,
                Unit.class)) {
            Class<?> isolated = loader.loadClass(LlamaCppFactory.class.getName());
            assertThat(isolated).isNotEqualTo(LlamaCppFactory.class);
            ModelProviderFactory factory =
                    (ModelProviderFactory) isolated.getConstructor().newInstance();
            try (ModelProvider provider = factory.create(new PluginContext("llamacpp", settings, folder, "test"))) {
                ModelEventRecorder events = new ModelEventRecorder();
                provider.stream(Ask.raw("tiny:latest", "x", Ask.fixed(4)), events);
                assertThat(events.finished().usage().completionTokens()).isEqualTo(4);
            }
        }
    }
}
