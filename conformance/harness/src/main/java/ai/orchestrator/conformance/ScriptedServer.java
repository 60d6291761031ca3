package ai.orchestrator.conformance;

import ai.orchestrator.testkit.fakes.FakeUpstream;
import ai.orchestrator.testkit.fakes.RecordedCall;
import ai.orchestrator.testkit.fakes.Reply;
import ai.orchestrator.testkit.fakes.ReplyWriter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** A server that speaks OpenAI's wire, whose model knows by heart what clients' own tests ask. */
final class ScriptedServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MODELS = """
            {"object":"list","data":[{"id":"scripted","max_model_len":8192},{"id":"scripted-other","max_model_len":8192}]}""";

    /** A PNG file of one pixel. */
    private static final String PICTURE =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    private final FakeUpstream upstream = new FakeUpstream(0, "/v1")
            .always("/models", Reply.json(200, MODELS))
            .always("/chat/completions", ScriptedServer::chat)
            .always("/picture.png", ScriptedServer::picture);

    URI url() {
        return upstream.url();
    }

    @Override
    public void close() {
        upstream.close();
    }

    private static void picture(RecordedCall call, ReplyWriter out) throws IOException {
        out.head(200, "image/png").write(Base64.getDecoder().decode(PICTURE));
    }

    private static void chat(RecordedCall call, ReplyWriter out) throws IOException {
        ScriptedRequest request = new ScriptedRequest(JSON.readTree(call.body()));
        ScriptedAnswer answer = ScriptedAnswer.to(request);
        out.head(200, "text/event-stream");
        for (ObjectNode delta : answer.deltas()) {
            out.event(frame(request, delta, null).toString());
        }
        ObjectNode last = frame(request, JSON.createObjectNode(), answer.reason());
        last.putObject("usage")
                .put("prompt_tokens", request.words())
                .put("completion_tokens", Math.max(1, answer.deltas().size()));
        out.event(last.toString());
        out.event("[DONE]");
    }

    private static ObjectNode frame(ScriptedRequest request, ObjectNode delta, @Nullable String reason) {
        ObjectNode frame = JSON.createObjectNode().put("id", "chatcmpl-1").put("model", request.model());
        ObjectNode choice = frame.putArray("choices").addObject().put("index", 0);
        choice.set("delta", delta);
        choice.put("finish_reason", reason);
        return frame;
    }
}
