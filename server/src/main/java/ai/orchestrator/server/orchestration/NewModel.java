package ai.orchestrator.server.orchestration;

import ai.orchestrator.plugin.model.Message;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a model is to be made of, in the terms of Ollama's {@code /api/create}. Texts are empty where nothing is said.
 *
 * @param name as the client spells it
 * @param from the model to begin with
 * @param files digests of blobs by the names of the files they were
 * @param adapters the same for adapters
 * @param template a Go template in place of the model's own
 * @param licenses none for those of the model to begin with
 * @param system a system prompt in place of that of the model to begin with
 * @param parameters options as JSON texts, added to those of the model to begin with
 * @param messages turns that stand before every conversation; none for those of the model to begin with
 * @param remoteHost the address of the provider that runs the model {@code from}
 * @param infoJson what the client knows of a remote model, a JSON object or empty
 */
public record NewModel(
        String name,
        String from,
        Map<String, String> files,
        Map<String, String> adapters,
        Optional<String> template,
        List<String> licenses,
        Optional<String> system,
        Map<String, String> parameters,
        List<Message> messages,
        String quantize,
        String renderer,
        String parser,
        String requires,
        String remoteHost,
        String infoJson) {
    public NewModel {
        files = Map.copyOf(files);
        adapters = Map.copyOf(adapters);
        licenses = List.copyOf(licenses);
        parameters = Map.copyOf(parameters);
        messages = List.copyOf(messages);
    }
}
