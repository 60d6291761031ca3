package ai.orchestrator.model.openrouter;

import ai.orchestrator.openai.wire.ChatCompletions;
import ai.orchestrator.openai.wire.Condition;
import ai.orchestrator.openai.wire.ConfiguredModel;
import ai.orchestrator.openai.wire.Doubts;
import ai.orchestrator.openai.wire.ListRefresh;
import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.ModelEvents;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.ModelProvider;
import ai.orchestrator.plugin.model.ModelRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Cloud models through OpenRouter. Without an API key there is nothing on offer. */
final class OpenRouterProvider implements ModelProvider {
    private static final Duration FIRST_RETRY = Duration.ofSeconds(30);
    private static final Health OFF = new Health(Health.State.UP, "no API key: cloud models are off");

    private final Map<String, ConfiguredModel> byName;
    private final OfferOfTheTime offer;
    private final boolean hasKey;
    private final Condition condition;
    private final ChatCompletions client;
    private final Set<String> ids;
    private final ModelList list;
    private final ListRefresh refresh;
    private final KeyWatch key;
    private final GenerationLookup lookup;
    private final Doubts doubts;

    private OpenRouterProvider(String name, OpenRouterSettings settings) {
        byName = settings.models().stream().collect(Collectors.toMap(ConfiguredModel::name, Function.identity()));
        hasKey = settings.endpoint().apiKey().isPresent();
        offer = new OfferOfTheTime(name, new ModelOffer(settings, Instant.now()), Clock.systemUTC());
        condition = new Condition(name);
        client = new ChatCompletions(settings.endpoint(), settings.dialect());
        ids = settings.models().stream().map(ConfiguredModel::id).collect(Collectors.toSet());
        list = new ModelList(client);
        refresh = new ListRefresh(
                this::learn,
                "OpenRouter's list of models, with prices and context lengths,",
                settings.refresh(),
                FIRST_RETRY,
                condition);
        key = new KeyWatch(client, name, condition::accepted);
        lookup = new GenerationLookup(client, name);
        doubts = new Doubts(name);
    }

    static OpenRouterProvider start(String name, OpenRouterSettings settings) {
        OpenRouterProvider provider = new OpenRouterProvider(name, settings);
        if (provider.hasKey) {
            provider.refresh.start();
            provider.key.start();
        }
        return provider;
    }

    @Override
    public List<ModelInfo> models() {
        return hasKey ? offer.models() : List.of();
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
        Optional<ModelInfo> info = model(request.model());
        if (model == null || info.isEmpty()) {
            throw ModelProvider.unknownModel(request.model());
        }
        CallBill bill = new CallBill(events, model.id(), info.get().price(), request.prompt(), lookup, doubts);
        boolean whole = false;
        try {
            client.stream(
                    UnderstoodOptions.of(request, offer.listed(model.id()).parameters()), model.id(), bill, bill::head);
            whole = true;
            answered();
        } catch (PluginFailure.Retriable | PluginFailure.Permanent failure) {
            failed(failure);
            throw failure;
        } finally {
            if (!whole) {
                bill.broke();
            }
        }
    }

    /** The worse of what the calls and the key tell. */
    @Override
    public Health health() {
        if (!hasKey) {
            return OFF;
        }
        Health calls = condition.health();
        Health ofKey = key.health();
        if (calls.state() != ofKey.state()) {
            return calls.state().compareTo(ofKey.state()) > 0 ? calls : ofKey;
        }
        String detail = Stream.of(calls.detail(), ofKey.detail())
                .filter(words -> !words.isEmpty())
                .distinct()
                .collect(Collectors.joining("; "));
        return new Health(calls.state(), detail);
    }

    @Override
    public void close() {
        refresh.close();
        key.close();
        lookup.close();
        client.close();
    }

    private void answered() {
        condition.answered();
        if (key.health().state() != Health.State.UP) {
            key.soon();
        }
    }

    private void failed(PluginFailure failure) {
        condition.failed(failure);
        if (failure.code() == FailureCode.CREDENTIALS || failure.code() == FailureCode.QUOTA) {
            key.soon();
        }
    }

    private String learn() {
        Map<String, ListedModel> listed = list.read(ids);
        offer.learn(listed);
        Set<String> missing = new TreeSet<>(ids);
        missing.removeAll(listed.keySet());
        return missing.isEmpty() ? "" : "OpenRouter does not list " + String.join(", ", missing);
    }
}
