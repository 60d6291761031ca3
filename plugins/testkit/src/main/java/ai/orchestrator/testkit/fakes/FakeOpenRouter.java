package ai.orchestrator.testkit.fakes;

import java.io.IOException;
import java.net.URI;
import java.util.List;

/**
 * A stand-in for OpenRouter: {@code /chat/completions} and {@code /models} answer as the service does, from a deterministic model, unless
 * something else is scripted.
 */
public final class FakeOpenRouter implements AutoCloseable {
    public static final String CHAT = "/chat/completions";
    public static final String MODELS = "/models";

    private static final Reply NO_KEY = Reply.json(401, """
            {"error":{"code":401,"message":"Missing Authentication header"}}""");
    private static final String CATALOG = """
            {"data":[
              {"id":"openrouter/auto","name":"Auto Router","context_length":2000000,
               "architecture":{"input_modalities":["text","image"],"output_modalities":["text"]},
               "pricing":{"prompt":"-1","completion":"-1"},
               "supported_parameters":["tools","tool_choice","response_format","structured_outputs","reasoning"]},
              {"id":"acme/chat-large","canonical_slug":"acme/chat-large-20260901","name":"Acme: Chat Large","context_length":131072,
               "architecture":{"input_modalities":["text","image"],"output_modalities":["text"]},
               "pricing":{"prompt":"0.000001","completion":"0.000003","overrides":[{"min_prompt_tokens":64000,"prompt":"0.000002"}]},
               "supported_parameters":["tools","temperature","max_tokens"]},
              {"id":"acme/free:free","name":"Acme: Free","context_length":null,
               "architecture":{"input_modalities":["text"],"output_modalities":["text"]},
               "pricing":{"prompt":"0","completion":"0"},"supported_parameters":["temperature"]}],
             "total_count":3,"links":{"next":null}}""";

    private final FakeUpstream upstream;

    /** @param port 0 for any that is free */
    public FakeOpenRouter(int port) {
        upstream = new FakeUpstream(port, "/api/v1")
                .always(CHAT, FakeOpenRouter::chat)
                .always(MODELS, Reply.json(200, CATALOG));
    }

    /** Runs until the process is ended. One argument: the port, 0 for any that is free; the address is printed. */
    @SuppressWarnings("SystemOut") // what the starting script reads
    public static void main(String[] args) {
        FakeOpenRouter fake = new FakeOpenRouter(args.length == 0 ? 0 : Integer.parseInt(args[0]));
        System.out.println("fake OpenRouter at " + fake.url());
    }

    /** What to set as {@code base_url}. */
    public URI url() {
        return upstream.url();
    }

    /** Answers the next call of a path that has no reply waiting yet. */
    public FakeOpenRouter next(String path, Reply reply) {
        upstream.next(path, reply);
        return this;
    }

    /** Answers every call of a path for which no reply waits. */
    public FakeOpenRouter always(String path, Reply reply) {
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
        if (call.header("Authorization").isEmpty()) {
            NO_KEY.send(call, out);
            return;
        }
        FakeChat chat = new FakeChat(call.body());
        if (!chat.streamed()) {
            out.head(200, "application/json").write(chat.whole());
            return;
        }
        out.head(200, "text/event-stream", "X-Generation-Id", FakeChat.ID).write(": OPENROUTER PROCESSING\n\n");
        for (String frame : chat.frames()) {
            out.event(frame);
        }
        out.event("[DONE]");
    }
}
