package ai.orchestrator.model.ollama;

import ai.orchestrator.openai.wire.Doubts;
import ai.orchestrator.openai.wire.Endpoint;
import ai.orchestrator.openai.wire.HttpCalls;
import ai.orchestrator.openai.wire.HttpReply;
import ai.orchestrator.openai.wire.Phase;
import ai.orchestrator.openai.wire.Timeouts;
import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.embed.EmbeddingRequest;
import ai.orchestrator.plugin.embed.EmbeddingResult;
import ai.orchestrator.plugin.model.ModelEvents;
import ai.orchestrator.plugin.model.ModelRequest;
import ai.orchestrator.plugin.model.SamplingOptions;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** The calls of one Ollama server, by its own names for the models. Blocks; may be used by many at once. */
final class OllamaClient implements AutoCloseable {
    /** For what the server knows by heart. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpCalls calls;
    private final OllamaErrors errors;
    private final RequestWriter writer;
    private final Timeouts timeouts;
    private final Doubts doubts;

    OllamaClient(OllamaSettings settings) {
        Endpoint endpoint = settings.endpoint();
        errors = new OllamaErrors(endpoint);
        calls = new HttpCalls(endpoint, errors);
        writer = new RequestWriter(settings);
        timeouts = endpoint.timeouts();
        doubts = new Doubts(endpoint.host());
    }

    /** @throws PluginFailure if there is no complete answer */
    void answer(ModelRequest request, String model, ModelEvents events) {
        Phase phase = calls.phase(request.deadline().orElse(timeouts.total()));
        AnswerReader reader = new AnswerReader(request, model, events, errors, doubts);
        calls.post(
                RequestWriter.path(request.prompt()),
                writer.answer(request, model),
                phase,
                events::onCancel,
                reply -> read(reply, reader));
    }

    private static void read(HttpReply reply, AnswerReader reader) throws IOException {
        while (!reader.isDone()) {
            Optional<String> line = reply.line();
            if (line.isEmpty()) {
                throw new PluginFailure.Retriable(FailureCode.BROKEN_OFF, "the answer broke off before its end");
            }
            reader.line(line.get());
        }
    }

    /** @throws PluginFailure if there is not a vector for each text */
    EmbeddingResult embed(EmbeddingRequest request, String model) {
        byte[] body = writer.embed(model, request.texts(), request.truncate(), request.options(), request.keepAlive());
        return EmbeddingReader.read(
                whole("api/embed", body, timeouts.total()), request.texts().size());
    }

    /**
     * Loads a model.
     *
     * @param embeds whether it is one that only embeds, which is loaded in another way
     */
    void load(String model, boolean embeds, SamplingOptions options, Optional<Duration> keepAlive) {
        whole(embeds ? "api/embed" : "api/generate", writer.load(model, options, keepAlive), timeouts.total());
    }

    JsonNode tags() {
        return checked(calls.get("api/tags", PATIENCE));
    }

    JsonNode show(String model) {
        return whole("api/show", RequestWriter.show(model), PATIENCE);
    }

    @Override
    public void close() {
        calls.close();
    }

    private JsonNode whole(String path, byte[] body, Duration within) {
        return checked(calls.post(path, body, within));
    }

    private JsonNode checked(JsonNode reply) {
        if (errors.isError(reply)) {
            throw errors.inReply(reply);
        }
        return reply;
    }
}
