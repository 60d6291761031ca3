package ai.orchestrator.model.openai;

import ai.orchestrator.openai.wire.ConfiguredModel;
import ai.orchestrator.openai.wire.Endpoint;
import ai.orchestrator.openai.wire.ListRefresh;
import ai.orchestrator.openai.wire.Timeouts;
import ai.orchestrator.plugin.PluginContext;
import ai.orchestrator.plugin.Settings;
import ai.orchestrator.plugin.model.Capability;
import ai.orchestrator.plugin.model.Price;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the operator has set.
 *
 * @param endpoint where and how the server is reached
 * @param extra members added to every request for text
 * @param models what is on offer; empty for all that the server lists
 * @param capabilities of models that have none of their own; empty for what is guessed
 * @param price of models that have none of their own
 * @param refresh how often the server's list is read
 */
record OpenAiSettings(
        Endpoint endpoint,
        Dialect dialect,
        Map<String, Object> extra,
        List<ConfiguredModel> models,
        Set<Capability> capabilities,
        Price price,
        Duration refresh) {
    private static final Duration REFRESH = Duration.ofMinutes(5);

    static OpenAiSettings read(PluginContext context) {
        Settings settings = context.settings();
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("User-Agent", context.userAgent());
        headers.putAll(Endpoint.headers(settings));
        Endpoint endpoint = new Endpoint(
                url(settings.text("url")),
                settings.optionalText("api_key").map(key -> Endpoint.headerValue("api_key", key)),
                headers,
                Timeouts.read(settings));
        return new OpenAiSettings(
                endpoint,
                settings.oneOf("dialect", Dialect.GENERIC),
                settings.tree("request"),
                ConfiguredModel.readAll(settings),
                ConfiguredModel.readCapabilities(settings, ""),
                ConfiguredModel.readPrice(settings, ""),
                ListRefresh.interval(settings, REFRESH));
    }

    /** An address without a path means the usual one. */
    private static URI url(String text) {
        URI url = Endpoint.baseUrl("url", text);
        return url.getRawPath().isEmpty() ? URI.create(url + "/v1") : url;
    }
}
