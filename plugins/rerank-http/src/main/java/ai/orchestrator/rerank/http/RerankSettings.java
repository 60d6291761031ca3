package ai.orchestrator.rerank.http;

import ai.orchestrator.plugin.Settings;
import ai.orchestrator.search.http.EngineSettings;
import java.util.Optional;
import okhttp3.HttpUrl;

/**
 * The plugin's part of the configuration.
 *
 * @param url where texts are scored, such as {@code http://127.0.0.1:8081/v1/rerank}
 * @param model the name that the server knows the model by; a server of one model needs none
 * @param apiKey sent as a bearer token
 */
record RerankSettings(HttpUrl url, Optional<String> model, Optional<String> apiKey) {
    static RerankSettings read(Settings settings) {
        return new RerankSettings(
                EngineSettings.url(settings.text("url")),
                settings.optionalText("model"),
                settings.optionalText("api_key")
                        .filter(key -> !key.isEmpty())
                        .map(key -> EngineSettings.apiKey(settings)));
    }
}
