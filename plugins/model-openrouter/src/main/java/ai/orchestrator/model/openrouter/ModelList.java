package ai.orchestrator.model.openrouter;

import ai.orchestrator.openai.wire.ChatCompletions;
import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads OpenRouter's list of models, page by page. */
final class ModelList {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MOST_PAGES = 50;

    private final ChatCompletions client;

    ModelList(ChatCompletions client) {
        this.client = client;
    }

    /**
     * What the list says of these models, by id; those it does not have are left out.
     *
     * @throws PluginFailure if the list cannot be had
     */
    Map<String, ListedModel> read(Set<String> ids) {
        Map<String, JsonNode> listed = new HashMap<>();
        Optional<String> query = Optional.of("");
        for (int page = 0; page < MOST_PAGES && query.isPresent(); page++) {
            JsonNode list = client.get("models" + query.get(), PATIENCE);
            if (!list.path("data").isArray() || page == 0 && list.path("data").isEmpty()) {
                throw new PluginFailure.Retriable(FailureCode.BAD_REPLY, "the far side sent no list of models");
            }
            for (JsonNode entry : list.path("data")) {
                listed.put(entry.path("id").asText(), entry);
            }
            query = next(list);
        }
        Map<String, ListedModel> found = new HashMap<>();
        for (String id : ids) {
            JsonNode exact = listed.get(id);
            JsonNode plain = listed.get(id.replaceFirst(":.*", ""));
            if (exact != null) {
                found.put(id, ListedModel.read(exact));
            } else if (plain != null) {
                found.put(id, ListedModel.read(plain).variant());
            }
        }
        return found;
    }

    /** Only the query of the next page's address is used, so that the key goes nowhere else. */
    private static Optional<String> next(JsonNode list) {
        String next = list.path("links").path("next").asText("");
        try {
            return Optional.ofNullable(URI.create(next).getRawQuery()).map(query -> "?" + query);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
