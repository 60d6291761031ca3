package ai.orchestrator.model.openai;

import ai.orchestrator.openai.wire.ChatCompletions;
import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads a server's list of models. */
final class ModelList {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MOST = 10_000;

    private final ChatCompletions client;

    ModelList(ChatCompletions client) {
        this.client = client;
    }

    /**
     * The models by their ids, in the server's order.
     *
     * @throws PluginFailure if the list cannot be had
     */
    Map<String, ListedModel> read() {
        JsonNode list = client.get("models", PATIENCE);
        // a server without models may say null instead of an empty list
        if (!list.path("data").isArray() && !list.path("data").isNull()) {
            throw new PluginFailure.Retriable(FailureCode.BAD_REPLY, "the far side sent no list of models");
        }
        Map<String, ListedModel> models = new LinkedHashMap<>();
        Instant now = Instant.now();
        for (JsonNode entry : list.path("data")) {
            ListedModel model = ListedModel.read(entry, now);
            if (!model.id().isBlank() && models.size() < MOST) {
                models.putIfAbsent(model.id(), model);
            }
        }
        return models;
    }
}
