package ai.orchestrator.testkit.fakes;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stand-in for a model server that speaks OpenAI's wire, such as vLLM: it lists a chat model and an embedder, and answers for them from
 * deterministic models that know nothing, unless something else is scripted.
 */
public final class FakeOpenAi implements AutoCloseable {
    public static final String CHAT = "/chat/completions";
    public static final String COMPLETIONS = "/completions";
    public static final String EMBEDDINGS = "/embeddings";
    public static final String MODELS = "/models";

    private static final Pattern LIMIT = Pattern.compile("\"max_tokens\":(\\d{1,9})");
    private static final List<String> CONTINUATION = List.of(" was", " a", " fake", " model", " that", " went", " on");
    private static final String LIST = """
            {"object":"list","data":[
              {"id":"acme/chat-7b","object":"model","created":1790000000,"owned_by":"vllm","root":"acme/chat-7b","parent":null,
               "max_model_len":8192,"permission":[]},
              {"id":"acme/embed-small","object":"model","created":1790000000,"owned_by":"vllm","max_model_len":64}]}""";

    /** What the web server of vLLM makes of a request that offers to go on by HTTP/2. */
    private static final Reply BODY_DROPPED = Reply.json(400, """
            {"error":{"message":"1 validation error:\\n  {'type': 'missing', 'loc': ('body',), 'msg': 'Field required'}",\
            "type":"Bad Request","param":"body","code":400}}""");

    private final FakeUpstream upstream;

    /** @param port 0 for any that is free */
    public FakeOpenAi(int port) {
        upstream = new FakeUpstream(port, "/v1")
                .always(CHAT, FakeOpenAi::chat)
                .always(COMPLETIONS, FakeOpenAi::complete)
                .always(EMBEDDINGS, FakeOpenAi::embed)
                .always(MODELS, Reply.json(200, LIST));
    }

    /** Where the server is, with {@code /v1}. */
    public URI url() {
        return upstream.url();
    }

    /** Answers the next call of a path that has no reply waiting yet. */
    public FakeOpenAi next(String path, Reply reply) {
        upstream.next(path, reply);
        return this;
    }

    /** Answers every call of a path for which no reply waits. */
    public FakeOpenAi always(String path, Reply reply) {
        upstream.always(path, reply);
        return this;
    }

    /** The calls of a path, oldest first. */
    public List<RecordedCall> calls(String path) {
        return upstream.calls(path);
    }

    @Override
    public void close() {
        upstream.close();
    }

    private static void chat(RecordedCall call, ReplyWriter out) throws IOException {
        if (call.header("Upgrade").isPresent()) {
            BODY_DROPPED.send(call, out);
            return;
        }
        FakeChat chat = new FakeChat(call.body(), "chatcmpl-417");
        if (!chat.streamed()) {
            out.head(200, "application/json").write(chat.whole());
            return;
        }
        out.head(200, "text/event-stream").write(": ping\n\n");
        for (String frame : chat.frames()) {
            out.event(frame);
        }
        out.event("[DONE]");
    }

    private static void complete(RecordedCall call, ReplyWriter out) throws IOException {
        Matcher limit = LIMIT.matcher(call.body());
        int words = limit.find() ? Integer.parseInt(limit.group(1)) : CONTINUATION.size();
        boolean cut = words < CONTINUATION.size();
        out.head(200, "text/event-stream");
        for (String word : CONTINUATION.subList(0, Math.min(words, CONTINUATION.size()))) {
            out.event("{\"object\":\"text_completion\",\"choices\":[{\"index\":0,\"text\":\"" + word
                    + "\",\"finish_reason\":null}]}");
        }
        out.event(
                "{\"choices\":[{\"index\":0,\"text\":\"\",\"finish_reason\":\"" + (cut ? "length" : "stop") + "\"}]}");
        out.event("[DONE]");
    }

    private static void embed(RecordedCall call, ReplyWriter out) throws IOException {
        FakeEmbedder embedder = new FakeEmbedder(call.body());
        out.head(embedder.fits() ? 200 : 400, "application/json").write(embedder.reply());
    }
}
