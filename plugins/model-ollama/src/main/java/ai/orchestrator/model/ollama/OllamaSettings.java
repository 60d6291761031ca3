package ai.orchestrator.model.ollama;

import ai.orchestrator.openai.wire.ConfiguredModel;
import ai.orchestrator.openai.wire.Endpoint;
import ai.orchestrator.openai.wire.ListRefresh;
import ai.orchestrator.openai.wire.Timeouts;
import ai.orchestrator.plugin.PluginContext;
import ai.orchestrator.plugin.Settings;
import ai.orchestrator.plugin.model.Price;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the operator has set.
 *
 * @param endpoint where and how the server is reached
 * @param options Ollama's options for requests that leave them out, as JSON values
 * @param keepAlive how long models stay loaded after requests that do not say; empty for the server's own choice
 * @param models what is on offer; empty for all that the server has
 * @param price of models that have none of their own; each part may be absent
 * @param refresh how often the server is asked what it has
 */
record OllamaSettings(
        Endpoint endpoint,
        Map<String, Object> options,
        Optional<Duration> keepAlive,
        List<ConfiguredModel> models,
        Price price,
        Duration refresh) {
    private static final Duration REFRESH = Duration.ofMinutes(5);

    /** As long as Ollama itself lets a model load. */
    private static final Duration FIRST_BYTE = Duration.ofMinutes(5);

    static OllamaSettings read(PluginContext context) {
        Settings settings = context.settings();
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("User-Agent", context.userAgent());
        headers.putAll(Endpoint.headers(settings));
        Endpoint endpoint = new Endpoint(
                Endpoint.baseUrl("url", settings.text("url")),
                settings.optionalText("api_key").map(key -> Endpoint.headerValue("api_key", key)),
                headers,
                Timeouts.read(settings, FIRST_BYTE));
        return new OllamaSettings(
                endpoint,
                settings.tree("options"),
                keepAlive(settings),
                ConfiguredModel.readAll(settings),
                ConfiguredModel.readPrice(settings, ""),
                ListRefresh.interval(settings, REFRESH));
    }

    /** {@code forever} is said by a negative length. */
    private static Optional<Duration> keepAlive(Settings settings) {
        Optional<String> text = settings.optionalText("keep_alive");
        if (text.filter("forever"::equals).isPresent()) {
            return Optional.of(Duration.ofSeconds(-1));
        }
        return text.map(given -> settings.duration("keep_alive", Duration.ZERO));
    }
}
