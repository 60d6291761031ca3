package ai.orchestrator.openai.wire;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.embed.EmbeddingResult;
import ai.orchestrator.plugin.model.ModelEvents;
import ai.orchestrator.plugin.model.ModelRequest;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.MediaType;
import okhttp3.Response;
import okio.BufferedSource;

/** A client of one server that speaks OpenAI's wire: chats, texts and embeddings. Blocks; made for virtual threads; may be used by many at once. */
public final class ChatCompletions implements AutoCloseable {
    private static final long LONGEST_BODY = 64L << 20;
    private static final long LONGEST_ERROR = 64L << 10;

    private final HttpUpstream upstream;
    private final RequestWriter writer;
    private final ErrorReader errors;
    private final Timeouts timeouts;
    // some servers refuse the question; what they say of themselves is remembered
    private volatile boolean asksForUsage = true;

    public ChatCompletions(Endpoint endpoint, ChatDialect dialect) {
        upstream = new HttpUpstream(endpoint);
        writer = new RequestWriter(dialect);
        errors = new ErrorReader(endpoint, Clock.systemUTC());
        timeouts = endpoint.timeouts();
    }

    /**
     * Has a model answer, as {@link ai.orchestrator.plugin.model.ModelProvider#stream} asks for it. The far side always streams; one that
     * answers with a whole object all the same is understood too.
     *
     * @param model the far side's name for the model
     * @throws PluginFailure if there is no complete answer
     */
    public void stream(ModelRequest request, String model, ModelEvents events) {
        Phase phase = new Phase(upstream, new Deadline(request.deadline().orElse(timeouts.total())));
        ChatReply reply = new ChatReply(model, request.topLogprobs(), events, errors);
        boolean usage = asksForUsage;
        try {
            ask(request, model, usage, events, phase, reply);
        } catch (PluginFailure.Permanent refused) {
            if (!usage || reply.hasBegun() || !refused.getMessage().contains("stream_options")) {
                throw refused;
            }
            asksForUsage = false;
            ask(request, model, false, events, phase, reply);
        }
    }

    private void ask(
            ModelRequest request, String model, boolean usage, ModelEvents events, Phase phase, ChatReply reply) {
        byte[] body = writer.write(request, model, usage);
        phase.check();
        Call call = upstream.post(RequestWriter.path(request.prompt()), body, phase);
        events.onCancel(() -> {
            phase.abandoned();
            call.cancel();
        });
        exchange(call, phase, response -> {
            if (isEventStream(response)) {
                reply.end(readEvents(new EventStream(response.body().source()), reply, phase));
            } else {
                reply.frame(readJson(response));
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
        Phase phase = new Phase(upstream, new Deadline(timeouts.total()));
        phase.check();
        byte[] body = EmbeddingExchange.write(model, texts);
        EmbeddingResult[] read = new EmbeddingResult[1];
        exchange(upstream.post("embeddings", body, phase), phase, response -> {
            JsonNode reply = readJson(response);
            if (errors.isError(reply)) {
                throw errors.inReply(reply);
            }
            read[0] = EmbeddingExchange.read(reply, texts.size());
        });
        return read[0];
    }

    /**
     * Fetches a JSON object.
     *
     * @param path what comes after the base URL, without a slash at the start; may have a query
     * @throws PluginFailure if there is none
     */
    public JsonNode get(String path, Duration within) {
        Phase phase = new Phase(upstream, new Deadline(within));
        phase.check();
        JsonNode[] read = new JsonNode[1];
        exchange(upstream.get(path, phase), phase, response -> read[0] = readJson(response));
        return read[0];
    }

    @Override
    public void close() {
        upstream.close();
    }

    private interface Reader {
        void read(Response response) throws IOException;
    }

    private void exchange(Call call, Phase phase, Reader reader) {
        upstream.begins(call);
        try (Response response = call.execute()) {
            phase.answering();
            response.body().source().timeout().timeout(timeouts.idle().toNanos(), TimeUnit.NANOSECONDS);
            if (!response.isSuccessful()) {
                throw errors.refused(response.code(), response.headers(), start(response));
            }
            boolean whole = false;
            try {
                reader.read(response);
                whole = true;
            } finally {
                if (!whole) {
                    // closing alone would first read on, and the far side would go on writing what is paid for
                    call.cancel();
                }
            }
        } catch (IOException e) {
            throw phase.failure(e);
        } finally {
            upstream.ended(call);
        }
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
                reply.frame(object(data));
            }
        } catch (IOException e) {
            if (!reply.hasEnd() || phase.endedHere()) {
                throw e;
            }
        }
        return false;
    }

    private static boolean isEventStream(Response response) {
        MediaType type = response.body().contentType();
        return type != null && type.subtype().equals("event-stream");
    }

    private static JsonNode readJson(Response response) throws IOException {
        BufferedSource source = response.body().source();
        if (source.request(LONGEST_BODY)) {
            throw new PluginFailure.Permanent(
                    FailureCode.BAD_REPLY, "the far side sent more than " + (LONGEST_BODY >> 20) + " MB");
        }
        return object(source.readString(StandardCharsets.UTF_8));
    }

    private static JsonNode object(String text) {
        JsonNode tree = Json.read(text);
        if (!tree.isObject()) {
            throw new PluginFailure.Retriable(
                    FailureCode.BAD_REPLY, "the far side sent something that is no JSON object");
        }
        return tree;
    }

    /** The start of an error's body; empty if it does not come. */
    private static String start(Response response) {
        try {
            BufferedSource source = response.body().source();
            source.request(LONGEST_ERROR);
            return source.getBuffer().readString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
