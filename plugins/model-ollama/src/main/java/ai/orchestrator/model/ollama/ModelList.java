package ai.orchestrator.model.ollama;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Asks a server what it has. What only {@code /api/show} tells is asked for once for each model and digest, and only for models that are on
 * offer. Used by one thread.
 */
final class ModelList {
    private static final int MOST = 10_000;

    private final OllamaClient client;
    private final Predicate<String> wanted;
    private Map<String, ListedModel.Shown> shown = Map.of();

    /** @param wanted whether a model of this name, in lower case, is or may be on offer */
    ModelList(OllamaClient client, Predicate<String> wanted) {
        this.client = client;
        this.wanted = wanted;
    }

    /**
     * The models by their names in lower case, in the server's order.
     *
     * @throws PluginFailure if the list cannot be had
     */
    Map<String, ListedModel> read() {
        JsonNode list = client.tags().path("models");
        // a server without models may say null instead of an empty list
        if (!list.isArray() && !list.isNull()) {
            throw new PluginFailure.Retriable(FailureCode.BAD_REPLY, "the server sent no list of models");
        }
        Map<String, ListedModel> models = new LinkedHashMap<>();
        Map<String, ListedModel.Shown> asked = new HashMap<>();
        for (JsonNode entry : list) {
            ListedModel model = ListedModel.read(entry);
            String name = model.id().toLowerCase(Locale.ROOT);
            if (model.id().matches("\\S+") && wanted.test(name) && models.size() < MOST) {
                models.putIfAbsent(name, whole(model, asked));
            }
        }
        shown = asked;
        return models;
    }

    private ListedModel whole(ListedModel model, Map<String, ListedModel.Shown> asked) {
        if (model.shown().isWhole()) {
            return model;
        }
        String version = model.id() + "@" + model.digest();
        ListedModel.Shown known = shown.get(version);
        if (known == null) {
            try {
                known = ListedModel.Shown.read(client.show(model.id()));
            } catch (PluginFailure.Permanent gone) {
                // removed since it was listed, or kept in a form that this server cannot tell of
                return model;
            }
        }
        asked.put(version, known);
        return model.with(known);
    }
}
