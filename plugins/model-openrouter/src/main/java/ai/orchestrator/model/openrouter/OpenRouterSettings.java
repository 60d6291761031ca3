package ai.orchestrator.model.openrouter;

import ai.orchestrator.openai.wire.ChatDialect;
import ai.orchestrator.openai.wire.ConfiguredModel;
import ai.orchestrator.openai.wire.Endpoint;
import ai.orchestrator.openai.wire.ListRefresh;
import ai.orchestrator.openai.wire.Timeouts;
import ai.orchestrator.plugin.InvalidSettingException;
import ai.orchestrator.plugin.PluginContext;
import ai.orchestrator.plugin.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the operator has set.
 *
 * @param endpoint where and how OpenRouter is reached; without a key, nothing is on offer
 * @param models what is on offer, in the operator's order
 * @param refresh how often OpenRouter's list of models and prices is read
 */
record OpenRouterSettings(
        Endpoint endpoint, ProviderPreferences preferences, List<ConfiguredModel> models, Duration refresh) {
    private static final String DEFAULT_URL = "https://openrouter.ai/api/v1";
    private static final String DEFAULT_MODEL = "openrouter/auto";
    private static final Duration REFRESH = Duration.ofHours(1);
    private static final int MOST_CATEGORIES = 2;

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
        List<String> categories = categories(settings);
        if (!categories.isEmpty()) {
            headers.put("X-OpenRouter-Categories", String.join(",", categories));
        }
        Endpoint endpoint = new Endpoint(
                Endpoint.baseUrl("base_url", settings.text("base_url", DEFAULT_URL)),
                settings.optionalText("api_key").map(key -> Endpoint.headerValue("api_key", key)),
                headers,
                Timeouts.read(settings));
        return new OpenRouterSettings(
                endpoint,
                ProviderPreferences.read(settings),
                models(settings),
                ListRefresh.interval(settings, REFRESH));
    }

    /** How OpenRouter is spoken to. */
    ChatDialect dialect() {
        return new ChatDialect(
                ChatDialect.TokenLimit.MAX_COMPLETION_TOKENS,
                ChatDialect.Sampling.REPETITION_PENALTY,
                ChatDialect.ThinkingSwitch.EFFORT,
                false,
                preferences::members);
    }

    private static List<ConfiguredModel> models(Settings settings) {
        List<ConfiguredModel> models = ConfiguredModel.readAll(settings);
        return models.isEmpty() ? List.of(ConfiguredModel.plain(DEFAULT_MODEL)) : models;
    }

    /** OpenRouter drops others without a word. */
    private static List<String> categories(Settings settings) {
        List<String> categories = settings.texts("categories");
        if (categories.size() > MOST_CATEGORIES
                || !categories.stream()
                        .allMatch(category -> category.matches("[a-z0-9]+(-[a-z0-9]+)*") && category.length() <= 30)) {
            throw new InvalidSettingException(
                    "categories", "expected at most 2, of lower-case letters and hyphens, each at most 30 characters");
        }
        return categories;
    }
}
