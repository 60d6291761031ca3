package ai.orchestrator.model.openrouter;

import ai.orchestrator.openai.wire.ChatDialect;
import ai.orchestrator.openai.wire.ConfiguredModel;
import ai.orchestrator.openai.wire.Endpoint;
import ai.orchestrator.openai.wire.Timeouts;
import ai.orchestrator.plugin.PluginContext;
import ai.orchestrator.plugin.Settings;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the operator has set.
 *
 * @param endpoint where and how OpenRouter is reached; without a key, nothing is on offer
 * @param preferences OpenRouter's {@code provider} object, sent as it is
 * @param models what is on offer, in the operator's order
 */
record OpenRouterSettings(Endpoint endpoint, Map<String, Object> preferences, List<ConfiguredModel> models) {
    private static final String DEFAULT_URL = "https://openrouter.ai/api/v1";
    private static final String DEFAULT_MODEL = "openrouter/auto";

    static OpenRouterSettings read(PluginContext context) {
        Settings settings = context.settings();
        Map<String, String> headers = new TreeMap<>();
        headers.put("User-Agent", context.userAgent());
        settings.optionalText("referer")
                .ifPresent(referer -> headers.put("HTTP-Referer", Endpoint.headerValue("referer", referer)));
        settings.optionalText("title").ifPresent(title -> {
            headers.put("X-OpenRouter-Title", Endpoint.headerValue("title", title));
            headers.put("X-Title", title);
        });
        Endpoint endpoint = new Endpoint(
                Endpoint.baseUrl("base_url", settings.text("base_url", DEFAULT_URL)),
                settings.optionalText("api_key").map(key -> Endpoint.headerValue("api_key", key)),
                headers,
                Timeouts.read(settings));
        return new OpenRouterSettings(endpoint, settings.tree("provider"), models(settings));
    }

    /** How OpenRouter is spoken to. */
    ChatDialect dialect() {
        return new ChatDialect(
                ChatDialect.TokenLimit.MAX_COMPLETION_TOKENS,
                ChatDialect.Sampling.REPETITION_PENALTY,
                ChatDialect.ThinkingSwitch.EFFORT,
                false,
                preferences.isEmpty() ? Map.of() : Map.of("provider", preferences));
    }

    private static List<ConfiguredModel> models(Settings settings) {
        List<ConfiguredModel> models = ConfiguredModel.readAll(settings);
        return models.isEmpty() ? List.of(ConfiguredModel.plain(DEFAULT_MODEL)) : models;
    }
}
