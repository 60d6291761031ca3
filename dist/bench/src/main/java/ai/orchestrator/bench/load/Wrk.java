package ai.orchestrator.bench.load;

import ai.orchestrator.bench.run.Child;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A closed loop by the program {@code wrk}, on the processor of this process.
 *
 * @param folder takes its script and what it says
 */
public record Wrk(Path program, Path folder) {
    private static final String SILENCE = "10s";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /**
     * Asks for so long, in whole seconds.
     *
     * @throws IOException if a request failed, or wrk itself
     */
    public WrkSummary run(InetSocketAddress address, int connections, Requests requests, Duration length)
            throws IOException, InterruptedException {
        Path script = Files.writeString(folder.resolve("wrk.lua"), requests.script());
        List<String> command = List.of(
                program.toString(),
                "--threads=1",
                "--connections=" + connections,
                "--duration=" + length.toSeconds() + "s",
                "--timeout=" + SILENCE,
                "--script=" + script,
                "http://" + address.getAddress().getHostAddress() + ":" + address.getPort() + "/");
        try (Child wrk = Child.start(command, Map.of(), folder.resolve("wrk.log"), false)) {
            if (!wrk.process().waitFor(length.plus(PATIENCE).toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException("wrk did not end:\n" + wrk.said());
            }
            if (wrk.process().exitValue() != 0) {
                throw new IOException("wrk ended with " + wrk.process().exitValue() + ":\n" + wrk.said());
            }
            return WrkSummary.of(wrk.said());
        }
    }
}
