package ai.orchestrator.bench.run;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A server that runs on a free port of this machine. */
public final class Server implements AutoCloseable {
    /** Where the system puts it. */
    public static final UnaryOperator<List<String>> ANYWHERE = command -> command;

    /** As {@code bin/orchestrator} has them. */
    private static final List<String> JAVA_OPTIONS =
            List.of("-Xmx512m", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");

    /** CPU time with native code and system calls, and what is allocated. */
    private static final String RECORDING =
            "-XX:FlightRecorderOptions=stackdepth=200 -XX:StartFlightRecording=settings=profile,jdk.ExecutionSample#enabled=false,"
                    + "jdk.CPUTimeSample#enabled=true,jdk.CPUTimeSample#throttle=5ms,dumponexit=true,filename=";

    private final Child child;
    private final int port;

    private Server(Child child, int port) {
        this.child = child;
        this.port = port;
    }

    /** Starts the product, and waits until it answers. */
    public static Server product(Setup setup, Home home, UnaryOperator<List<String>> place)
            throws IOException, InterruptedException {
        Server server = begin(setup, home, Child.freePort(), place, recording(setup, home));
        server.child.await(server.base().resolve("/api/version"));
        return server;
    }

    /** Starts the product, and does not wait. */
    public static Server begin(
            Setup setup, Home home, int port, UnaryOperator<List<String>> place, Map<String, String> environment)
            throws IOException {
        Map<String, String> all = new HashMap<>(environment);
        all.put("ORCHESTRATOR_HOME", home.folder().toString());
        return new Server(
                Child.start(
                        place.apply(home.command(setup, port)),
                        all,
                        home.folder().resolve("server.log"),
                        false),
                port);
    }

    /**
     * Starts a program of this module as the product is started, and waits until it answers.
     *
     * @param arguments what it takes after its port
     */
    public static Server peer(Setup setup, Class<?> program, UnaryOperator<List<String>> place, String... arguments)
            throws IOException, InterruptedException {
        int port = Child.freePort();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JAVA_OPTIONS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName(), String.valueOf(port)));
        command.addAll(List.of(arguments));
        Path log = setup.folder().resolve(program.getSimpleName() + "-" + port + ".log");
        Server server = new Server(Child.start(place.apply(command), Map.of(), log, false), port);
        server.child.await(server.base().resolve("/ready"));
        return server;
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    public URI base() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public Child child() {
        return child;
    }

    @Override
    public void close() {
        child.close();
    }

    /** Has the server record where it spends its time, if that is wanted. */
    private static Map<String, String> recording(Setup setup, Home home) {
        return setup.loading()
                .profiles()
                .map(folder -> Map.of(
                        "ORCHESTRATOR_JAVA_OPTS",
                        RECORDING
                                + folder.toAbsolutePath().resolve(home.folder().getFileName() + ".jfr")))
                .orElse(Map.of());
    }
}
