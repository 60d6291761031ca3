package ai.orchestrator.bench.cache;

import ai.orchestrator.bench.load.Attempt;
import ai.orchestrator.bench.load.Expected;
import ai.orchestrator.bench.load.Requests;
import ai.orchestrator.bench.run.Child;
import ai.orchestrator.bench.run.Home;
import ai.orchestrator.bench.run.Measured;
import ai.orchestrator.bench.run.Result;
import ai.orchestrator.bench.run.Samples;
import ai.orchestrator.bench.run.Scenario;
import ai.orchestrator.bench.run.Server;
import ai.orchestrator.bench.run.Setup;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How long the server takes from the start of its process to the first answer out of the SQLite file, as {@code manage.sh start} starts it and with the shipped
 * configuration: models are there, and none is loaded. The first start, whose end leaves its classes for the next one, does not count.
 */
public final class Start implements Scenario {
    private static final double MOST = 1.5;
    private static final String MODEL = "SmolLM2-135M-Instruct.Q4_1.gguf";
    private static final String BODY = "{\"model\":\"smollm2:135m\",\"stream\":false,\"options\":{\"num_predict\":8},"
            + "\"messages\":[{\"role\":\"user\",\"content\":\"What is there by the sea?\"}]}";
    private static final Requests QUESTION = Requests.same(Wire.OLLAMA.path(), "", BODY);
    private static final Requests ONLY_STORED =
            Requests.same(Wire.OLLAMA.path(), "Cache-Control: only-if-cached\r\n", BODY);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration STEP = Duration.ofMillis(2);

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String purpose() {
        return "from the start of the process to the first answer out of the cache";
    }

    @Override
    public Measured measure(Setup setup) throws IOException, InterruptedException {
        Home home = Home.shipped(setup, name()).withModel(setup.model(), MODEL);
        int port = Child.freePort();
        try (Server first = start(setup, home, port)) {
            await(first, QUESTION, Expected.ANSWER);
        }
        List<Double> seconds = new ArrayList<>();
        List<Double> cpu = new ArrayList<>();
        for (int round = 0; round < setup.loading().rounds(); round++) {
            long begin = System.nanoTime();
            try (Server server = start(setup, home, port)) {
                await(server, ONLY_STORED, Expected.hit("sqlite"));
                long end = System.nanoTime();
                seconds.add((end - begin) / 1e9);
                cpu.add(server.child().cpuTime().toMillis() / 1e3);
            }
        }
        return Measured.of(List.of(
                Result.atMost(name(), "process start to the first stored answer", MOST, "s", new Samples(seconds)),
                Result.floor(name(), "CPU time until then", "s", new Samples(cpu))));
    }

    /** Asks until the reply is as expected; before the server listens, it is none. */
    private static void await(Server server, Requests question, Expected expected)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!Attempt.succeeds(server.address(), question, expected, PATIENCE)) {
            if (System.nanoTime() - end > 0 || !server.child().process().isAlive()) {
                throw new IOException(
                        "a server gave no such answer:\n" + server.child().said());
            }
            Thread.sleep(STEP);
        }
    }

    private static Server start(Setup setup, Home home, int port) throws IOException {
        return Server.begin(
                setup,
                home,
                port,
                Server.ANYWHERE,
                Map.of(
                        "ORCHESTRATOR_CLASSES",
                        home.data().resolve("classes.aot").toString()));
    }
}
