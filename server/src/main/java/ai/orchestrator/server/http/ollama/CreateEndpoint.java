package ai.orchestrator.server.http.ollama;

import ai.orchestrator.server.http.Endpoint;
import ai.orchestrator.server.http.Exchange;
import ai.orchestrator.server.http.HttpProblem;
import ai.orchestrator.server.http.JsonObject;
import ai.orchestrator.server.orchestration.ModelLibrary;
import ai.orchestrator.server.orchestration.ModelName;
import ai.orchestrator.server.orchestration.NewModel;
import ai.orchestrator.server.unicode.Surrogates;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code POST /api/create}. */
final class CreateEndpoint implements Endpoint {
    private final ModelLibrary library;
    private final long maxBodyBytes;

    CreateEndpoint(ModelLibrary library, long maxBodyBytes) {
        this.library = library;
        this.maxBodyBytes = maxBodyBytes;
    }

    @Override
    public void answer(Exchange exchange) {
        JsonObject body = exchange.jsonBody(maxBodyBytes).members("CreateRequest");
        String name = ModelNaming.of(body);
        if (ModelName.parse(name).isEmpty()) {
            throw HttpProblem.badRequest("invalid model name");
        }
        if (body.names().stream().anyMatch(member -> member.startsWith("draft"))) {
            throw HttpProblem.badRequest("draft models are not supported by this server");
        }
        body.object("info");
        NewModel wanted = new NewModel(
                name,
                body.text("from"),
                texts(body, "files"),
                texts(body, "adapters"),
                given(body, "template"),
                licenses(body),
                given(body, "system"),
                parameters(body),
                MessageReader.messages(body),
                body.text("quantize").isEmpty() ? body.text("quantization") : body.text("quantize"),
                body.text("renderer"),
                body.text("parser"),
                body.text("requires"),
                body.text("remote_host"),
                body.json("info").orElse(""));
        boolean stream = body.bool("stream").orElse(true);
        ProgressReply.answer(exchange, stream, progress -> library.create(wanted, progress));
    }

    /** An empty text takes nothing of the base model away, as in Ollama. */
    private static Optional<String> given(JsonObject body, String name) {
        return Optional.of(body.text(name)).filter(text -> !text.isEmpty());
    }

    /** File names keep their case, unlike the names of members. */
    private static Map<String, String> texts(JsonObject body, String name) {
        body.object(name);
        Map<String, String> texts = new HashMap<>();
        body.find(name).ifPresent(object -> object.properties().forEach(member -> {
            if (!member.getValue().isTextual()) {
                throw body.wrongType(name, member.getValue(), "string", "an object of strings");
            }
            texts.put(member.getKey(), member.getValue().textValue());
        }));
        return texts;
    }

    private static List<String> licenses(JsonObject body) {
        Optional<JsonNode> license = body.find("license");
        return license.isPresent() && license.get().isTextual() ? List.of(body.text("license")) : body.texts("license");
    }

    private static Map<String, String> parameters(JsonObject body) {
        body.object("parameters");
        Map<String, String> parameters = new HashMap<>();
        body.find("parameters").ifPresent(object -> object.properties().forEach(parameter -> {
            if (!parameter.getValue().isNull()) {
                parameters.put(
                        parameter.getKey(),
                        Surrogates.repair(parameter.getValue().toString()));
            }
        }));
        return parameters;
    }
}
