package ai.orchestrator.bench.generation;

import ai.orchestrator.bench.run.Child;
import ai.orchestrator.bench.run.Setup;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** Starts a {@code llama-server} that is asked directly, as the product starts its own. */
final class LlamaServer {
    private LlamaServer() {}

    static HttpSubject start(Setup setup) throws IOException, InterruptedException {
        int port = Child.freePort();
        String threads = String.valueOf(setup.writing().threads());
        Child child = Child.start(
                List.of(
                        setup.writing().llamaServer().orElseThrow().toString(),
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
                        String.valueOf(Setup.Writing.PARALLEL),
                        "--ctx-size",
                        String.valueOf(Setup.Writing.CONTEXT * Setup.Writing.PARALLEL),
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
