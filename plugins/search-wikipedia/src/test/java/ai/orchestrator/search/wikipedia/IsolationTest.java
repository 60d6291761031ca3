package ai.orchestrator.search.wikipedia;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.search.SearchEngine;
import ai.orchestrator.plugin.search.SearchEngineFactory;
import ai.orchestrator.plugin.search.SearchQuery;
import ai.orchestrator.search.http.HttpSearchEngine;
import ai.orchestrator.testkit.IsolatedClassLoader;
import ai.orchestrator.testkit.fakes.FakeWikipedia;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import kotlin.Unit;
import okhttp3.OkHttpClient;
import okio.Okio;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;

/** The plugin among nothing but its own jars, and with the host's context class loader. */
class IsolationTest {
    @Test
    void searchesInAClassLoaderOfItsOwn() throws Exception {
        try (FakeWikipedia service = new FakeWikipedia(0);
                IsolatedClassLoader loader = new IsolatedClassLoader(
                        WikipediaFactory.class,
                        HttpSearchEngine.class,
                        OkHttpClient.class,
                        Okio.class,
                        Unit.class,
                        ObjectMapper.class,
                        JsonFactory.class,
                        JsonCreator.class,
                        Jsoup.class)) {
            Class<?> isolated = loader.loadClass(WikipediaFactory.class.getName());
            assertThat(isolated).isNotEqualTo(WikipediaFactory.class);
            SearchEngineFactory factory =
                    (SearchEngineFactory) isolated.getConstructor().newInstance();

            try (SearchEngine engine = factory.create(Engines.context(
                    Map.of("url", service.url().toString(), "contact", "ops@example.org", "timeout", "30s")))) {
                assertThat(engine.search(SearchQuery.of("tide tables", 5))).hasSize(5);
            }
        }
    }
}
