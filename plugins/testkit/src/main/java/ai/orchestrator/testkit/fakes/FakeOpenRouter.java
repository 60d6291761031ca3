package ai.orchestrator.testkit.fakes;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * A stand-in for OpenRouter: {@code /chat/completions}, {@code /models}, {@code /generation} and {@code /key} answer as the service does, from
 * a deterministic model, unless something else is scripted.
 */
public final class FakeOpenRouter implements AutoCloseable {
    public static final String CHAT = "/chat/completions";
    public static final String MODELS = "/models";
    public static final String GENERATION = "/generation";
    public static final String KEY = "/key";

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

    private static final Pattern FOUR_MODELS = Pattern.compile("\"models\":\\[(?:\"[^\"]*\",){3}");
    private static final Reply TOO_MANY_MODELS = Reply.json(400, """
            {"error":{"code":400,"message":"'models' array must have 3 items or fewer."}}""");
    private static final Reply KEY_STATE = Reply.json(200, """
            {"data":{"label":"sk-or-v1-abc...123","limit":20,"limit_remaining":12.5,"limit_reset":"monthly","usage":7.5,
             "is_free_tier":false,"is_management_key":false,"expires_at":null}}""");

    private final FakeUpstream upstream;
    private final AtomicInteger number = new AtomicInteger();
    private final Map<String, Bill> bills = new ConcurrentHashMap<>();

    private record Bill(int read, int written, BigDecimal cost, boolean cancelled) {}

    /** @param port 0 for any that is free */
    public FakeOpenRouter(int port) {
        upstream = new FakeUpstream(port, "/api/v1")
                .always(CHAT, this::chat)
                .always(GENERATION, this::generation)
                .always(KEY, KEY_STATE)
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

    /** What the answered calls have cost in all, by their own sum; what was cut short costs what was written of it. */
    public BigDecimal billed() {
        return bills.values().stream().map(Bill::cost).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private void chat(RecordedCall call, ReplyWriter out) throws IOException {
        if (call.header("Authorization").isEmpty()) {
            NO_KEY.send(call, out);
            return;
        }
        if (FOUR_MODELS.matcher(call.body()).find()) {
            TOO_MANY_MODELS.send(call, out);
            return;
        }
        String id = "gen-1790000000-" + number.incrementAndGet();
        FakeChat chat = new FakeChat(call.body(), id);
        if (!chat.streamed()) {
            bills.put(id, new Bill(chat.read(), chat.written(), chat.cost(chat.written()), false));
            out.head(200, "application/json", "X-Generation-Id", id).write(chat.whole());
            return;
        }
        int written = 0;
        try {
            out.head(200, "text/event-stream", "X-Generation-Id", id).write(": OPENROUTER PROCESSING\n\n");
            for (String frame : chat.frames()) {
                out.event(frame);
                written = Math.min(written + 1, chat.written());
            }
            out.event("[DONE]");
            written = chat.written();
        } finally {
            bills.put(id, new Bill(chat.read(), written, chat.cost(written), written < chat.written()));
        }
    }

    private void generation(RecordedCall call, ReplyWriter out) throws IOException {
        String id = call.query().replaceFirst("^id=", "");
        Bill bill = bills.get(id);
        Reply reply = bill == null
                ? Reply.json(404, "{\"error\":{\"code\":404,\"message\":\"Generation " + id + " not found\"}}")
                : Reply.json(
                        200,
                        String.format(
                                """
                        {"data":{"id":"%s","model":"acme/chat-large","total_cost":%s,"native_tokens_prompt":%d,\
                        "native_tokens_completion":%d,"is_byok":false,"streamed":true,"cancelled":%s}}""", id, bill.cost().toPlainString(), bill.read(), bill.written(), bill.cancelled()));
        reply.send(call, out);
    }
}
