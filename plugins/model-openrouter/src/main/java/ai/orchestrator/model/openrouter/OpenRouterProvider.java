package ai.orchestrator.model.openrouter;

import ai.orchestrator.openai.wire.ChatCompletions;
import ai.orchestrator.openai.wire.Condition;
import ai.orchestrator.openai.wire.ConfiguredModel;
import ai.orchestrator.openai.wire.ListRefresh;
import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.ModelEvents;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.ModelProvider;
import ai.orchestrator.plugin.model.ModelRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Cloud models through OpenRouter. Without an API key there is nothing on offer. */
final class OpenRouterProvider implements ModelProvider {
    private static final Duration REFRESHED_EVERY = Duration.ofHours(6);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(30);
    private static final Health OFF = new Health(Health.State.UP, "no API key: cloud models are off");

    private final Map<String, ConfiguredModel> byName;
    private final ModelOffer offer;
    private final boolean hasKey;
    private final Condition condition;
    private final ChatCompletions client;
    private final Set<String> ids;
    private final ModelList list;
    private final ListRefresh refresh;
    private volatile List<ModelInfo> models;

    private OpenRouterProvider(String name, OpenRouterSettings settings) {
        byName = settings.models().stream().collect(Collectors.toMap(ConfiguredModel::name, Function.identity()));
        offer = new ModelOffer(settings, Instant.now());
        hasKey = settings.endpoint().apiKey().isPresent();
        condition = new Condition(name);
        client = new ChatCompletions(settings.endpoint(), settings.dialect());
        ids = settings.models().stream().map(ConfiguredModel::id).collect(Collectors.toSet());
        list = new ModelList(client);
        refresh = new ListRefresh(
                this::learn,
                "OpenRouter's list of models, with prices and context lengths,",
                REFRESHED_EVERY,
                FIRST_RETRY,
                condition);
        models = hasKey ? offer.describe(Map.of()) : List.of();
    }

    static OpenRouterProvider start(String name, OpenRouterSettings settings) {
        OpenRouterProvider provider = new OpenRouterProvider(name, settings);
        if (provider.hasKey) {
            provider.refresh.start();
        }
        return provider;
    }

    @Override
    public List<ModelInfo> models() {
        return models;
    }

    @Override
    public Optional<String> whyMissing(String model) {
        return !hasKey && byName.containsKey(model)
                ? Optional.of("model '" + model + "' needs an API key for OpenRouter: set api_key")
                : Optional.empty();
    }

    @Override
    public void stream(ModelRequest request, ModelEvents events) {
        ConfiguredModel model = byName.get(request.model());
        if (model == null || !hasKey) {
            throw ModelProvider.unknownModel(request.model());
        }
        try {
            client.stream(request, model.id(), events);
            condition.answered();
        } catch (PluginFailure.Retriable | PluginFailure.Permanent failure) {
            condition.failed(failure);
            throw failure;
        }
    }

    @Override
    public Health health() {
        return hasKey ? condition.health() : OFF;
    }

    @Override
    public void close() {
        refresh.close();
        client.close();
    }

    private String learn() {
        Map<String, ListedModel> listed = list.read(ids);
        models = offer.describe(listed);
        Set<String> missing = new TreeSet<>(ids);
        missing.removeAll(listed.keySet());
        return missing.isEmpty() ? "" : "OpenRouter does not list " + String.join(", ", missing);
    }
}
