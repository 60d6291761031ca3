package ai.orchestrator.model.openrouter;

import ai.orchestrator.openai.wire.ConfiguredModel;
import ai.orchestrator.openai.wire.Endpoint;
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
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Describes the configured models. What the operator set wins over what OpenRouter lists. */
final class ModelOffer {
    private final OpenRouterSettings settings;
    private final Instant since;
    private final String preferences;

    ModelOffer(OpenRouterSettings settings, Instant since) {
        this.settings = settings;
        this.since = since;
        preferences = json(settings.preferences().tree());
    }

    /** @param moment for which prices that change by the time of the day are told */
    List<ModelInfo> describe(Map<String, ListedModel> listed, Instant moment) {
        return settings.models().stream()
                .map(model -> describe(model, listed.getOrDefault(model.id(), ListedModel.UNKNOWN), moment))
                .toList();
    }

    private ModelInfo describe(ConfiguredModel model, ListedModel listed, Instant moment) {
        return new ModelInfo(
                model.name(),
                digest(model.id()),
                0,
                since,
                "",
                List.of(),
                "",
                "",
                model.context().isPresent() ? model.context() : listed.context(),
                OptionalInt.empty(),
                model.capabilities().isEmpty() ? listed.capabilities() : model.capabilities(),
                Optional.of(new RemoteOrigin(model.id(), settings.endpoint().origin())),
                price(model.price(), listed.pricing().at(moment)));
    }

    private static Optional<Price> price(Price configured, Price listed) {
        Price price = configured.equals(Price.unknown())
                ? listed
                : new Price(
                        configured.prompt().or(listed::prompt),
                        configured.completion().or(listed::completion));
        return isFree(price) ? Optional.empty() : Optional.of(price);
    }

    private static boolean isFree(Price price) {
        return isZero(price.prompt())
                && isZero(price.completion())
                && price.request().signum() == 0
                && price.image().signum() == 0
                && price.longPrompts().isEmpty();
    }

    private static boolean isZero(Optional<BigDecimal> amount) {
        return amount.map(value -> value.signum() == 0).orElse(false);
    }

    /** The preferences are part of it, since they choose who runs the model, and in which precision. */
    private String digest(String id) {
        Endpoint endpoint = settings.endpoint();
        try {
            String known = String.join("\n", endpoint.baseUrl().toString(), id, preferences);
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(known.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String json(Map<String, Object> tree) {
        if (tree.isEmpty()) {
            return "{}"; // most servers have none, and need not load a library at start to say so
        }
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
