package ai.orchestrator.model.openai;

import ai.orchestrator.openai.wire.ConfiguredModel;
import ai.orchestrator.plugin.model.Capability;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.Price;
import ai.orchestrator.plugin.model.RemoteOrigin;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Describes the models. What the operator set of one wins over what the server lists, and that over what is set for all. */
final class OfferMaker {
    private final OpenAiSettings settings;
    private final Instant since;
    private final String requests;

    OfferMaker(OpenAiSettings settings, Instant since) {
        this.settings = settings;
        this.since = since;
        requests = settings.dialect() + "\n" + json(settings.extra());
    }

    /** @param listed what the server lists, by its own names; of two that would have one name here, the first is taken */
    Offer make(Map<String, ListedModel> listed) {
        Collection<ConfiguredModel> models = settings.models();
        if (models.isEmpty()) {
            Map<String, ConfiguredModel> named = new LinkedHashMap<>();
            listed.values().forEach(model -> named.putIfAbsent(model.name(), discovered(model)));
            models = named.values();
        }
        List<ModelInfo> infos = new ArrayList<>();
        Map<String, String> ids = new LinkedHashMap<>();
        for (ConfiguredModel model : models) {
            infos.add(describe(model, listed.getOrDefault(model.id(), ListedModel.unknown(model.id()))));
            ids.put(model.name(), model.id());
        }
        return new Offer(List.copyOf(infos), Map.copyOf(ids));
    }

    private static ConfiguredModel discovered(ListedModel model) {
        return new ConfiguredModel(model.id(), model.name(), Price.unknown(), OptionalInt.empty(), Set.of());
    }

    private ModelInfo describe(ConfiguredModel model, ListedModel listed) {
        return new ModelInfo(
                model.name(),
                digest(model.id(), listed.version()),
                0,
                since,
                "",
                List.of(),
                "",
                "",
                model.context().isPresent() ? model.context() : listed.context(),
                OptionalInt.empty(),
                capabilities(model, listed),
                Optional.of(new RemoteOrigin(model.id(), settings.endpoint().origin())),
                price(model.price()));
    }

    private Set<Capability> capabilities(ConfiguredModel model, ListedModel listed) {
        if (!model.capabilities().isEmpty()) {
            return model.capabilities();
        }
        return settings.capabilities().isEmpty() || !listed.capabilities().isEmpty()
                ? listed.likelyCapabilities()
                : settings.capabilities();
    }

    /** A price of zero means that nothing is paid; one that nobody set is not known. */
    private Optional<Price> price(Price own) {
        Price price = new Price(
                own.prompt().or(settings.price()::prompt), own.completion().or(settings.price()::completion));
        return isZero(price.prompt()) && isZero(price.completion()) ? Optional.empty() : Optional.of(price);
    }

    private static boolean isZero(Optional<BigDecimal> amount) {
        return amount.map(value -> value.signum() == 0).orElse(false);
    }

    private String digest(String id, String version) {
        try {
            String known = String.join("\n", settings.endpoint().baseUrl().toString(), id, requests, version);
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(known.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String json(Map<String, Object> tree) {
        try {
            return JsonMapper.builder()
                    .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                    .build()
                    .writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("settings are JSON values", e);
        }
    }
}
