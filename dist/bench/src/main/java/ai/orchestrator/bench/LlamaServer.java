package ai.orchestrator.bench;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** Starts a {@code llama-server} that is asked directly, as the product starts its own. */
final class LlamaServer {
    private LlamaServer() {}

    static HttpSubject start(Setup setup) throws IOException, InterruptedException {
        int port = Child.freePort();
        String threads = String.valueOf(setup.threads());
        Child child = Child.start(
                List.of(
                        setup.llamaServer().orElseThrow().toString(),
                        "--host",
                        "127.0.0.1",
                        "--port",
                        String.valueOf(port),
                        "--model",
                        setup.model().toString(),
                        "--threads",
                        threads,
                        "--threads-batch",
                        threads,
                        "--parallel",
                        String.valueOf(Setup.PARALLEL),
                        "--ctx-size",
                        String.valueOf(Setup.CONTEXT * Setup.PARALLEL),
                        "--n-gpu-layers",
                        "0",
                        "--offline"),
                Map.of(),
                setup.folder().resolve("llama-server.log"),
                false);
        URI base = URI.create("http://127.0.0.1:" + port);
        child.await(base.resolve("/health"));
        return HttpSubject.llamaServer(child, base);
    }
}
