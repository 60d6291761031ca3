package ai.orchestrator.bench.generation;

import ai.orchestrator.bench.run.Child;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A subject that is asked over HTTP. */
final class HttpSubject implements Subject.Leavable {
    private final String name;
    private final Child child;
    private final URI uri;
    private final Wire wire;
    private final Supplier<Stream<ProcessHandle>> engine;

    private HttpSubject(String name, Child child, URI uri, Wire wire, Supplier<Stream<ProcessHandle>> engine) {
        this.name = name;
        this.child = child;
        this.uri = uri;
        this.wire = wire;
        this.engine = engine;
    }

    /** Our own product, through its Ollama surface. */
    static HttpSubject product(String name, Child child, URI base, String model) {
        return new HttpSubject(name, child, base.resolve("/api/generate"), new Wire.Ollama(model), () -> child.process()
                .descendants());
    }

    /** Ollama. */
    static HttpSubject ollama(Child child, URI base, String model) {
        return new HttpSubject(
                "Ollama", child, base.resolve("/api/generate"), new Wire.Ollama(model), () -> child.process()
                        .descendants());
    }

    /** A {@code llama-server} itself. */
    static HttpSubject llamaServer(Child child, URI base) {
        return new HttpSubject(
                "llama-server itself",
                child,
                base.resolve("/completion"),
                new Wire.LlamaServer(),
                () -> Stream.of(child.process().toHandle()));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public TokenStream open(int tokens) throws IOException, InterruptedException {
        return new TokenStream(uri, wire.request(tokens));
    }

    @Override
    public Generation generate(int tokens) throws IOException, InterruptedException {
        try (TokenStream stream = open(tokens)) {
            Optional<JsonNode> event = stream.next();
            long first = System.nanoTime();
            JsonNode last = JsonNodeFactory.instance.objectNode();
            while (event.isPresent()) {
                last = event.get();
                event = stream.next();
            }
            long end = System.nanoTime();
            int written = wire.tokens(last);
            if (written != tokens) {
                throw new IOException(name + " wrote " + written + " tokens instead of " + tokens + ": " + last);
            }
            return new Generation(written, first, end);
        }
    }

    @Override
    public Stream<ProcessHandle> engine() {
        return engine.get();
    }

    @Override
    public void close() {
        child.close();
    }

    /** How a subject is asked, and where it says how many tokens there were. */
    private sealed interface Wire {
        ObjectNode request(int tokens);

        int tokens(JsonNode last);

        record Ollama(String model) implements Wire {
            @Override
            public ObjectNode request(int tokens) {
                ObjectNode request = JsonNodeFactory.instance
                        .objectNode()
                        .put("model", model)
                        .put("prompt", PROMPT)
                        .put("raw", true)
                        .put("stream", true);
                request.putObject("options").put("temperature", 0).put("num_predict", tokens);
                return request;
            }

            @Override
            public int tokens(JsonNode last) {
                return last.path("eval_count").asInt();
            }
        }

        record LlamaServer() implements Wire {
            @Override
            public ObjectNode request(int tokens) {
                return JsonNodeFactory.instance
                        .objectNode()
                        .put("prompt", PROMPT)
                        .put("stream", true)
                        .put("temperature", 0)
                        .put("n_predict", tokens);
            }

            @Override
            public int tokens(JsonNode last) {
                return last.path("tokens_predicted").asInt();
            }
        }
    }
}
