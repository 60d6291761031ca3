package ai.orchestrator.model.ollama;

import ai.orchestrator.openai.wire.Condition;
import ai.orchestrator.openai.wire.ConfiguredModel;
import ai.orchestrator.openai.wire.ListRefresh;
import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.embed.EmbeddingProvider;
import ai.orchestrator.plugin.embed.EmbeddingRequest;
import ai.orchestrator.plugin.embed.EmbeddingResult;
import ai.orchestrator.plugin.model.Capability;
import ai.orchestrator.plugin.model.ModelDescription;
import ai.orchestrator.plugin.model.ModelEvents;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.ModelProvider;
import ai.orchestrator.plugin.model.ModelRequest;
import ai.orchestrator.plugin.model.SamplingOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The models of one Ollama server. Which it has is learned in the background; the last list that could be read stays good. */
final class OllamaProvider implements ModelProvider, EmbeddingProvider {
    private static final Duration FIRST_RETRY = Duration.ofSeconds(5);

    private final OllamaSettings settings;
    private final OfferMaker offers;
    private final Condition condition;
    private final OllamaClient client;
    private final ModelList list;
    private final ListRefresh refresh;
    private volatile Offer offer;
    private volatile boolean listRead;

    private OllamaProvider(String name, OllamaSettings settings) {
        this.settings = settings;
        offers = new OfferMaker(settings, Instant.now());
        condition = new Condition(name);
        client = new OllamaClient(settings);
        Set<String> ids = settings.models().stream()
                .map(model -> OfferMaker.tagged(model.id()))
                .collect(Collectors.toSet());
        list = new ModelList(client, model -> ids.isEmpty() || ids.contains(model));
        refresh =
                new ListRefresh(this::learn, "the server's list of models", settings.refresh(), FIRST_RETRY, condition);
        offer = offers.unseen();
    }

    static OllamaProvider start(String name, OllamaSettings settings) {
        OllamaProvider provider = new OllamaProvider(name, settings);
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
    public Optional<String> whyMissing(String model) {
        String host = settings.endpoint().host();
        return settings.models().stream()
                .filter(configured -> configured.name().equals(model)
                        && listRead
                        && offer.model(model).isEmpty())
                .findFirst()
                .map(configured -> "model '" + model + "' is not on the Ollama server " + host + ": run 'ollama pull "
                        + configured.id() + "' there");
    }

    @Override
    public Optional<ModelDescription> describe(String model) {
        Offer now = offer;
        return now.model(model).flatMap(info -> {
            try {
                return Optional.of(Descriptions.read(client.show(now.id(info))));
            } catch (PluginFailure.Permanent | PluginFailure.Retriable unknown) {
                // what is listed of the model is there all the same
                return Optional.empty();
            }
        });
    }

    @Override
    public void stream(ModelRequest request, ModelEvents events) {
        Offer now = offer;
        ModelInfo model = known(now, request.model());
        watched(() -> {
            client.answer(request, now.id(model), events);
            return true;
        });
    }

    @Override
    public void load(String model, SamplingOptions options, Optional<Duration> keepAlive) {
        Offer now = offer;
        ModelInfo info = known(now, model);
        watched(() -> {
            client.load(now.id(info), !info.capabilities().contains(Capability.COMPLETION), options, keepAlive);
            return true;
        });
    }

    @Override
    public void unload(String model) {
        if (offer.model(model).isPresent()) {
            load(model, SamplingOptions.defaults(), Optional.of(Duration.ZERO));
        }
    }

    @Override
    public EmbeddingResult embed(EmbeddingRequest request) {
        Offer now = offer;
        ModelInfo model = known(now, request.model());
        if (!model.capabilities().contains(Capability.EMBEDDING)) {
            throw new PluginFailure.Permanent(FailureCode.UNSUPPORTED, "this model does not embed");
        }
        if (request.texts().isEmpty()) {
            return new EmbeddingResult(List.of(), 0, Duration.ZERO);
        }
        return watched(() -> client.embed(request, now.id(model)));
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
        listRead = true;
        Set<String> missing = new TreeSet<>();
        for (ConfiguredModel model : settings.models()) {
            if (!listed.containsKey(OfferMaker.tagged(model.id()))) {
                missing.add(model.id());
            }
        }
        return missing.isEmpty() ? "" : "the server does not have " + String.join(", ", missing);
    }
}
