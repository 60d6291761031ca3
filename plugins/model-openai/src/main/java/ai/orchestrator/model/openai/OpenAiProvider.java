package ai.orchestrator.model.openai;

import ai.orchestrator.openai.wire.ChatCompletions;
import ai.orchestrator.openai.wire.Condition;
import ai.orchestrator.openai.wire.ConfiguredModel;
import ai.orchestrator.openai.wire.CostGuard;
import ai.orchestrator.openai.wire.Doubts;
import ai.orchestrator.openai.wire.ListRefresh;
import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.embed.EmbeddingProvider;
import ai.orchestrator.plugin.embed.EmbeddingRequest;
import ai.orchestrator.plugin.embed.EmbeddingResult;
import ai.orchestrator.plugin.model.Capability;
import ai.orchestrator.plugin.model.ModelEvents;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.ModelProvider;
import ai.orchestrator.plugin.model.ModelRequest;
import ai.orchestrator.plugin.model.Prompt;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** The models of one server. Which it has is learned in the background; the last list that could be read stays good. */
final class OpenAiProvider implements ModelProvider, EmbeddingProvider {
    private static final Duration FIRST_RETRY = Duration.ofSeconds(5);

    private final OpenAiSettings settings;
    private final OfferMaker offers;
    private final Condition condition;
    private final ChatCompletions client;
    private final ModelList list;
    private final Doubts doubts;
    private final Embedder embedder;
    private final ListRefresh refresh;
    private volatile Offer offer;

    private OpenAiProvider(String name, OpenAiSettings settings) {
        this.settings = settings;
        offers = new OfferMaker(settings, Instant.now());
        condition = new Condition(name);
        client = new ChatCompletions(settings.endpoint(), settings.dialect().with(settings.extra()));
        list = new ModelList(client);
        doubts = new Doubts(name);
        embedder = new Embedder(client);
        refresh =
                new ListRefresh(this::learn, "the server's list of models", settings.refresh(), FIRST_RETRY, condition);
        offer = offers.make(Map.of());
    }

    static OpenAiProvider start(String name, OpenAiSettings settings) {
        OpenAiProvider provider = new OpenAiProvider(name, settings);
        provider.refresh.start();
        return provider;
    }

    @Override
    public List<ModelInfo> models() {
        // the list tells what is on offer and in which version
        refresh.awaitFirst();
        return offer.models();
    }

    @Override
    public void stream(ModelRequest request, ModelEvents events) {
        Offer now = offer;
        ModelInfo model = known(now, request.model());
        if (request.prompt() instanceof Prompt.Insert && !model.capabilities().contains(Capability.INSERT)) {
            throw new PluginFailure.Permanent(
                    FailureCode.UNSUPPORTED, "this model does not fill in between a prefix and a suffix");
        }
        watched(() -> {
            String id = id(now, model);
            client.stream(request, id, new CostGuard(events, id, model.price(), request.prompt(), doubts));
            return true;
        });
    }

    @Override
    public EmbeddingResult embed(EmbeddingRequest request) {
        Offer now = offer;
        ModelInfo model = known(now, request.model());
        if (!model.capabilities().contains(Capability.EMBEDDING)) {
            throw new PluginFailure.Permanent(FailureCode.UNSUPPORTED, "this model does not embed");
        }
        return watched(() -> embedder.embed(id(now, model), request.texts(), request.truncate()));
    }

    @Override
    public Health health() {
        return condition.health();
    }

    @Override
    public void close() {
        refresh.close();
        client.close();
    }

    private static ModelInfo known(Offer offer, String name) {
        return offer.model(name).orElseThrow(() -> ModelProvider.unknownModel(name));
    }

    private static String id(Offer offer, ModelInfo model) {
        return offer.ids().getOrDefault(model.name(), model.name());
    }

    private <T> T watched(Supplier<T> call) {
        try {
            T result = call.get();
            condition.answered();
            return result;
        } catch (PluginFailure.Retriable | PluginFailure.Permanent failure) {
            condition.failed(failure);
            throw failure;
        }
    }

    private String learn() {
        Map<String, ListedModel> listed = list.read();
        offer = offers.make(listed);
        Set<String> missing = new TreeSet<>();
        settings.models().stream().map(ConfiguredModel::id).forEach(missing::add);
        missing.removeAll(listed.keySet());
        return missing.isEmpty() ? "" : "the server does not list " + String.join(", ", missing);
    }
}
