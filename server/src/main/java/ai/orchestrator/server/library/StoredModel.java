package ai.orchestrator.server.library;

import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.server.template.PromptTemplate;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A model of the library as its manifest and its small parts say.
 *
 * @param digest the manifest's SHA-256 sum in hexadecimal
 * @param template a Go template; empty for none
 * @param parameters default options, in the file's order
 * @param weights what the weights' file says; empty for a model that another one answers for
 * @param prompts what this server makes the prompts by: a template that a client gave, or the only one there is; empty where the weights' own
 *     is used
 */
record StoredModel(
        StoredName name,
        Manifest manifest,
        String digest,
        Instant modifiedAt,
        ModelConfig config,
        String template,
        String system,
        Map<String, JsonNode> parameters,
        List<Message> messages,
        List<String> licenses,
        Optional<GgufHead> weights,
        Optional<PromptTemplate> prompts) {
    StoredModel {
        messages = List.copyOf(messages);
        licenses = List.copyOf(licenses);
    }

    String full() {
        return name.full();
    }
}
