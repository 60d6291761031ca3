package ai.orchestrator.openai.wire;

import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.embed.EmbeddingResult;
import ai.orchestrator.plugin.model.ModelEvents;
import ai.orchestrator.plugin.model.ModelRequest;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A client of one server that speaks OpenAI's wire: chats, texts and embeddings. Blocks; made for virtual threads; may be used by many at once. */
public final class ChatCompletions implements AutoCloseable {
    private final HttpCalls calls;
    private final RequestWriter writer;
    private final ErrorReader errors;
    private final Timeouts timeouts;
    private final Doubts doubts;
    // some servers refuse the question; what they say of themselves is remembered
    private volatile boolean asksForUsage = true;

    public ChatCompletions(Endpoint endpoint, ChatDialect dialect) {
        errors = new ErrorReader(endpoint);
        calls = new HttpCalls(endpoint, errors);
        writer = new RequestWriter(dialect);
        timeouts = endpoint.timeouts();
        doubts = new Doubts(endpoint.host());
    }

    /** {@link #stream(ModelRequest, String, ModelEvents, Consumer)} for which the reply's head does not matter. */
    public void stream(ModelRequest request, String model, ModelEvents events) {
        stream(request, model, events, head -> {});
    }

    /**
     * Has a model answer, as {@link ai.orchestrator.plugin.model.ModelProvider#stream} asks for it. The far side always streams; one that
     * answers with a whole object all the same is understood too.
     *
     * @param model the far side's name for the model
     * @param onHead is given the reply as soon as its head is there, unless it is a refusal; must leave the body alone
     * @throws PluginFailure if there is no complete answer
     */
    public void stream(ModelRequest request, String model, ModelEvents events, Consumer<HttpReply> onHead) {
        Phase phase = calls.phase(request.deadline().orElse(timeouts.total()));
        ChatReply reply = new ChatReply(model, request.topLogprobs(), events, errors, doubts);
        boolean usage = asksForUsage;
        try {
            ask(request, model, usage, events, phase, reply, onHead);
        } catch (PluginFailure.Permanent refused) {
            if (!usage || reply.hasBegun() || !refused.getMessage().contains("stream_options")) {
                throw refused;
            }
            asksForUsage = false;
            ask(request, model, false, events, phase, reply, onHead);
        }
    }

    private void ask(
            ModelRequest request,
            String model,
            boolean usage,
            ModelEvents events,
            Phase phase,
            ChatReply reply,
            Consumer<HttpReply> onHead) {
        byte[] body = writer.write(request, model, usage);
        calls.post(RequestWriter.path(request.prompt()), body, phase, events::onCancel, response -> {
            onHead.accept(response);
            if (response.mediaType().equals("text/event-stream")) {
                reply.end(readEvents(new EventStream(response.source()), reply, phase));
            } else {
                reply.frame(response.object());
                reply.end(true);
            }
        });
    }

    /**
     * Embeds texts, as {@link ai.orchestrator.plugin.embed.EmbeddingProvider#embed} asks for it, but that nothing is cut.
     *
     * @param model the far side's name for the model
     * @throws PluginFailure if there is not a vector for each of them
     */
    public EmbeddingResult embed(String model, List<String> texts) {
        JsonNode reply = calls.post("embeddings", EmbeddingExchange.write(model, texts), timeouts.total());
        if (errors.isError(reply)) {
            throw errors.inReply(reply);
        }
        return EmbeddingExchange.read(reply, texts.size());
    }

    /**
     * Fetches a JSON object.
     *
     * @param path what comes after the base URL, without a slash at the start; may have a query
     * @throws PluginFailure if there is none
     */
    public JsonNode get(String path, Duration within) {
        return calls.get(path, within);
    }

    @Override
    public void close() {
        calls.close();
    }

    /** Whether the end of the stream was marked. */
    private boolean readEvents(EventStream stream, ChatReply reply, Phase phase) throws IOException {
        try {
            for (Optional<EventStream.Event> next = stream.next(); next.isPresent(); next = stream.next()) {
                String data = next.get().data();
                if (next.get().error()) {
                    throw errors.inReply(Json.read(data));
                }
                if (data.strip().equals("[DONE]")) {
                    return true;
                }
                reply.frame(Json.object(data));
            }
        } catch (IOException e) {
            if (!reply.hasEnd() || phase.endedHere()) {
                throw e;
            }
        }
        return false;
    }
}
