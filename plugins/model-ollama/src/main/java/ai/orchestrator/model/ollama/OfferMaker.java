package ai.orchestrator.model.ollama;

import ai.orchestrator.openai.wire.ConfiguredModel;
import ai.orchestrator.openai.wire.Json;
import ai.orchestrator.plugin.model.Capability;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.Price;
import ai.orchestrator.plugin.model.RemoteOrigin;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Describes the models. What the operator set of one wins over what the server says, and that over what is set for all. */
final class OfferMaker {
    private final OllamaSettings settings;
    private final Instant since;
    private final String options;

    OfferMaker(OllamaSettings settings, Instant since) {
        this.settings = settings;
        this.since = since;
        options = settings.options().isEmpty() ? "" : json(settings.options());
    }

    /** The configured models as long as nobody knows what the server has. */
    Offer unseen() {
        Map<String, ListedModel> assumed = new LinkedHashMap<>();
        settings.models().forEach(model -> assumed.put(tagged(model.id()), ListedModel.unknown(model.id())));
        return make(assumed);
    }

    /** @param listed what the server has, by its names in lower case; of what is configured, only this is on offer */
    Offer make(Map<String, ListedModel> listed) {
        List<ModelInfo> infos = new ArrayList<>();
        Map<String, String> ids = new LinkedHashMap<>();
        if (settings.models().isEmpty()) {
            listed.values().forEach(model -> add(ConfiguredModel.plain(name(model.id())), model, infos, ids));
        }
        for (ConfiguredModel model : settings.models()) {
            Optional.ofNullable(listed.get(tagged(model.id()))).ifPresent(found -> add(model, found, infos, ids));
        }
        return new Offer(List.copyOf(infos), Map.copyOf(ids));
    }

    /** A name as the server lists it, in lower case. */
    static String tagged(String id) {
        String lower = id.toLowerCase(Locale.ROOT);
        return lower.indexOf(':', lower.lastIndexOf('/') + 1) < 0 ? lower + ":latest" : lower;
    }

    /** A registry's port in a name is told from the tag by a hyphen. */
    private static String name(String id) {
        int tag = id.lastIndexOf(':');
        return tag < 0 ? id : id.substring(0, tag).replace(':', '-') + id.substring(tag);
    }

    private void add(ConfiguredModel model, ListedModel listed, List<ModelInfo> infos, Map<String, String> ids) {
        if (ids.putIfAbsent(model.name(), listed.id()) == null) {
            infos.add(describe(model, listed));
        }
    }

    private ModelInfo describe(ConfiguredModel model, ListedModel listed) {
        return new ModelInfo(
                model.name(),
                digest(listed),
                0,
                listed.modifiedAt().orElse(since),
                listed.details().format(),
                listed.details().families(),
                listed.details().parameterSize(),
                listed.details().quantization(),
                model.context().isPresent() ? model.context() : listed.shown().context(),
                listed.shown().embeddingLength(),
                capabilities(model, listed),
                Optional.of(listed.origin()
                        .orElse(new RemoteOrigin(
                                listed.id(), settings.endpoint().origin()))),
                price(model.price(), listed));
    }

    private static Set<Capability> capabilities(ConfiguredModel model, ListedModel listed) {
        if (!model.capabilities().isEmpty()) {
            return model.capabilities();
        }
        return listed.shown().capabilities().isEmpty()
                ? Set.of(Capability.COMPLETION)
                : listed.shown().capabilities();
    }

    /** What runs on the server costs nothing unless the operator says so; what the server has run elsewhere may well be charged for. */
    private Optional<Price> price(Price own, ListedModel listed) {
        Price price = new Price(
                own.prompt().or(settings.price()::prompt), own.completion().or(settings.price()::completion));
        if (price.equals(Price.unknown())) {
            return listed.origin().map(elsewhere -> price);
        }
        return isZero(price.prompt()) && isZero(price.completion()) ? Optional.empty() : Optional.of(price);
    }

    private static boolean isZero(Optional<BigDecimal> amount) {
        return amount.map(value -> value.signum() == 0).orElse(false);
    }

    /** The server's own, which other servers with the same model have, too; another where options are set, for they change answers. */
    private String digest(ListedModel listed) {
        boolean usable = listed.digest().matches("[0-9a-f]{64}");
        if (usable && options.isEmpty()) {
            return listed.digest();
        }
        String known =
                usable ? listed.digest() : settings.endpoint().baseUrl() + "\n" + listed.id() + "\n" + listed.digest();
        try {
            byte[] text = (known + "\n" + options).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String json(Map<String, Object> tree) {
        try {
            return Json.MAPPER.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("settings are JSON values", e);
        }
    }
}
