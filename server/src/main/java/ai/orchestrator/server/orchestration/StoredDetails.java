package ai.orchestrator.server.orchestration;

import ai.orchestrator.plugin.model.Message;
import java.util.List;

/**
 * What {@code /api/show} tells of a model of the library beyond what it tells of every model. Texts are empty where there is nothing to say.
 *
 * @param messages turns that stand before every conversation
 * @param licenses one text each
 * @param projectorJson a JSON object of the projector's metadata
 * @param parent the model it was made from
 */
public record StoredDetails(
        List<Message> messages,
        List<String> licenses,
        String renderer,
        String parser,
        String requires,
        String projectorJson,
        String parent) {
    public StoredDetails {
        messages = List.copyOf(messages);
        licenses = List.copyOf(licenses);
    }
}
