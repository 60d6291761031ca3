package ai.orchestrator.testkit.fakes;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stand-in for an Ollama server elsewhere: it has a chat model, an embedder and a model that runs in a cloud, and answers for them from
 * deterministic models that know nothing, unless something else is scripted.
 */
public final class FakeOllama implements AutoCloseable {
    public static final String CHAT = "/api/chat";
    public static final String GENERATE = "/api/generate";
    public static final String EMBED = "/api/embed";
    public static final String TAGS = "/api/tags";
    public static final String SHOW = "/api/show";

    private static final Pattern MODEL = Pattern.compile("\"model\":\"([^\"\\\\]+)\"");
    private static final String TAG_LIST = """
            {"models":[
              {"name":"chat:7b","model":"chat:7b","modified_at":"2026-08-21T18:48:22.93355-07:00","size":4661224676,
               "digest":"365c0bd3c000a25d28ddbf732fe1c6add414de7275464c4e4d1c3b5fcb5d8ad1",
               "details":{"parent_model":"","format":"gguf","family":"llama","families":["llama"],"parameter_size":"7.2B",
                "quantization_level":"Q4_0"}},
              {"name":"embed-small:latest","model":"embed-small:latest","modified_at":"2026-08-20T18:48:22Z","size":45960996,
               "digest":"1b226e2802dbb772b5fc32a58f103ca1804ef7501331012de126ab22f67475ef",
               "details":{"format":"gguf","family":"bert","families":["bert"],"parameter_size":"23M","quantization_level":"F16",
                "context_length":64,"embedding_length":32},"capabilities":["embedding"]},
              {"name":"huge:cloud","model":"huge:cloud","remote_model":"huge:671b","remote_host":"https://ollama.com:443",
               "modified_at":"2026-08-19T18:48:22Z","size":382,
               "digest":"d3749919e45f955731da7a7e76849e20f7ed310725d3b8b52822e811f55d0a90","details":{"format":"","family":""},
               "capabilities":["completion","tools","thinking"]}]}""";
    private static final String SHOWN = """
            {"license":"MIT","template":"{{ .Prompt }}","parameters":"stop                           \\"</s>\\"",
             "details":{"format":"gguf","family":"llama"},
             "model_info":{"general.architecture":"llama","llama.context_length":8192,"llama.embedding_length":4096,
              "tokenizer.ggml.tokens":null},
             "capabilities":["completion","tools","insert","vision","thinking"],"modified_at":"2026-08-21T18:48:22Z"}""";

    private final FakeUpstream upstream;

    /** @param port 0 for any that is free */
    public FakeOllama(int port) {
        upstream = new FakeUpstream(port, "")
                .always(TAGS, Reply.json(200, TAG_LIST))
                .always(SHOW, known(Reply.json(200, SHOWN)))
                .always(CHAT, known(FakeOllama::answer))
                .always(GENERATE, known(FakeOllama::answer))
                .always(EMBED, known(FakeOllama::embed));
    }

    /** Where the server is. */
    public URI url() {
        return upstream.url();
    }

    /** Answers the next call of a path that has no reply waiting yet. */
    public FakeOllama next(String path, Reply reply) {
        upstream.next(path, reply);
        return this;
    }

    /** Answers every call of a path for which no reply waits. */
    public FakeOllama always(String path, Reply reply) {
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

    /** The reply for models that the server has, and its refusal for others. */
    private static Reply known(Reply reply) {
        return (call, out) -> {
            String model = model(call);
            boolean listed = TAG_LIST.contains("\"model\":\"" + model + "\"");
            (listed ? reply : Reply.json(404, "{\"error\":\"model '" + model + "' not found\"}")).send(call, out);
        };
    }

    private static void answer(RecordedCall call, ReplyWriter out) throws IOException {
        FakeOllamaAnswer answer =
                new FakeOllamaAnswer(call.body(), model(call), call.path().equals(CHAT));
        if (answer.loads()) {
            out.head(200, "application/json; charset=utf-8").write(answer.loaded());
            return;
        }
        out.head(200, Reply.NDJSON);
        for (String line : answer.lines()) {
            out.line(line);
        }
    }

    private static void embed(RecordedCall call, ReplyWriter out) throws IOException {
        FakeEmbedder embedder = new FakeEmbedder(call.body());
        boolean fits = embedder.fits() || !call.body().contains("\"truncate\":false");
        out.head(fits ? 200 : 400, "application/json; charset=utf-8")
                .write(
                        fits
                                ? embedder.ollamaReply(model(call))
                                : "{\"error\":\"the input length exceeds the context length\"}");
    }

    private static String model(RecordedCall call) {
        Matcher matcher = MODEL.matcher(call.body());
        return matcher.find() ? matcher.group(1) : "";
    }
}
