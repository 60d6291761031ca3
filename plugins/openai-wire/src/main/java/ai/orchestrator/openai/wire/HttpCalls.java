package ai.orchestrator.openai.wire;

import ai.orchestrator.plugin.PluginFailure;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import okhttp3.Call;
import okhttp3.Response;

/** Calls of one server that takes and gives JSON over HTTP. Blocks; made for virtual threads; may be used by many at once. */
public final class HttpCalls implements AutoCloseable {
    private static final Consumer<Runnable> NEVER_CANCELLED = action -> {};

    private final HttpUpstream upstream;
    private final Refusals refusals;
    private final Duration idle;

    /** Reads a reply with a status of 2xx. */
    @FunctionalInterface
    public interface Reader {
        /** @throws PluginFailure if the reply is no answer, or not a whole one */
        void read(HttpReply reply) throws IOException;
    }

    /** Tells what a reply with another status than 2xx means. */
    @FunctionalInterface
    public interface Refusals {
        /** @param body its start, which may be anything */
        PluginFailure refused(HttpReply reply, String body);
    }

    public HttpCalls(Endpoint endpoint, Refusals refusals) {
        upstream = new HttpUpstream(endpoint);
        this.refusals = refusals;
        idle = endpoint.timeouts().idle();
    }

    /** The beginning of something that may take one call or several, and so long in all. */
    public Phase phase(Duration within) {
        return new Phase(upstream, new Deadline(within));
    }

    /**
     * Sends JSON and has the reply read.
     *
     * @param path what comes after the base URL, without a slash at the start
     * @param onCancel is given what ends the call, for when nobody waits for the reply any more
     * @throws PluginFailure if there is no whole reply
     */
    public void post(String path, byte[] json, Phase phase, Consumer<Runnable> onCancel, Reader reader) {
        phase.check();
        Call call = upstream.post(path, json, phase);
        onCancel.accept(() -> {
            phase.abandoned();
            call.cancel();
        });
        exchange(call, phase, reader);
    }

    /**
     * Sends JSON and takes the JSON object that comes back.
     *
     * @param path as in {@link #post(String, byte[], Phase, Consumer, Reader)}
     * @throws PluginFailure if there is none
     */
    public JsonNode post(String path, byte[] json, Duration within) {
        JsonNode[] read = new JsonNode[1];
        post(path, json, phase(within), NEVER_CANCELLED, reply -> read[0] = reply.object());
        return read[0];
    }

    /**
     * Fetches a JSON object.
     *
     * @param path as in {@link #post(String, byte[], Phase, Consumer, Reader)}; may have a query
     * @throws PluginFailure if there is none
     */
    public JsonNode get(String path, Duration within) {
        Phase phase = phase(within);
        phase.check();
        JsonNode[] read = new JsonNode[1];
        exchange(upstream.get(path, phase), phase, reply -> read[0] = reply.object());
        return read[0];
    }

    @Override
    public void close() {
        upstream.close();
    }

    private void exchange(Call call, Phase phase, Reader reader) {
        upstream.begins(call);
        try (Response response = call.execute()) {
            phase.answering();
            response.body().source().timeout().timeout(idle.toNanos(), TimeUnit.NANOSECONDS);
            HttpReply reply = new HttpReply(response);
            if (!response.isSuccessful()) {
                throw refusals.refused(reply, reply.start());
            }
            boolean whole = false;
            try {
                reader.read(reply);
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
}
