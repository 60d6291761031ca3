package ai.orchestrator.bench;

import ai.orchestrator.bench.run.Hotspots;
import ai.orchestrator.bench.run.Measured;
import ai.orchestrator.bench.run.Programs;
import ai.orchestrator.bench.run.Report;
import ai.orchestrator.bench.run.Scenario;
import ai.orchestrator.bench.run.Setup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "bench.sh",
        description =
                "Measures the product against what it stands on, and prints a table. Without a SCENARIO, all budgets.",
        mixinStandardHelpOptions = true)
final class Bench implements Callable<Integer> {
    @Parameters(paramLabel = "SCENARIO", description = "What is measured, by a name from the list below.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--tree", required = true, description = "The assembled product.")
    private Path tree = Path.of("");

    @Option(names = "--model", required = true, description = "A GGUF file.")
    private Path model = Path.of("");

    @Option(names = "--engine", description = "A llama-server; without one, only the embedded engine is measured.")
    private Optional<Path> engine = Optional.empty();

    @Option(
            names = "--ollama",
            description = "Ollama's program, measured beside the product; it brings its own llama-server.")
    private Optional<Path> ollama = Optional.empty();

    @Option(names = "--threads", description = "Threads of an engine; by default, as many as there are processors.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--runs", defaultValue = "25", description = "How often each is measured (${DEFAULT-VALUE}).")
    private int runs;

    @Option(
            names = "--warm-up",
            defaultValue = "50",
            description = "Answers that do not count, while Java compiles what it runs often (${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(names = "--tokens", defaultValue = "128", description = "How long an answer is (${DEFAULT-VALUE}).")
    private int tokens;

    @Option(names = "--faults", description = "Measure what requests feel of a cache tier that breaks.")
    private boolean faults;

    @Option(names = "--redis", description = "A redis-server (default: the one on the PATH).")
    private Optional<Path> redis = Programs.find("redis-server");

    @Option(names = "--wrk", description = "A wrk for the closed loops (default: the one on the PATH).")
    private Optional<Path> wrk = Programs.find("wrk");

    @Option(
            names = "--rounds",
            defaultValue = "5",
            description = "How often a server is measured under load (${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--seconds",
            defaultValue = "5",
            description = "How long each of these rounds takes for a server (${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--profiles",
            paramLabel = "FOLDER",
            description = "Record there with Java's flight recorder where the product spends its time.")
    private Optional<Path> profiles = Optional.empty();

    @Option(names = "--json", paramLabel = "FILE", description = "Write the results there, too.")
    private Optional<Path> json = Optional.empty();

    @Option(names = "--strict", description = "End with 1 where a budget is not kept.")
    private boolean strict;

    public static void main(String[] arguments) {
        // the script gives defaults, which what comes after them takes the place of
        CommandLine line = new CommandLine(new Bench()).setOverwrittenOptionsAllowed(true);
        line.getCommandSpec().usageMessage().footer(Scenarios.help());
        System.exit(line.execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Set<Scenario> chosen = new LinkedHashSet<>();
        for (String name : names) {
            Optional<List<Scenario>> named = Scenarios.named(name);
            if (named.isEmpty()) {
                System.err.println("there is no scenario '" + name + "': --help lists them");
                return CommandLine.ExitCode.USAGE;
            }
            chosen.addAll(named.get());
        }
        if (faults) {
            chosen.addAll(Scenarios.faults());
        }
        if (profiles.isPresent()) {
            Files.createDirectories(profiles.get());
        }
        List<Measured> measured = new ArrayList<>();
        for (Scenario scenario : chosen.isEmpty() ? Scenarios.budgets() : List.copyOf(chosen)) {
            System.err.println("measuring: " + scenario.name());
            measured.add(measured(scenario));
        }
        if (profiles.isPresent()) {
            Hotspots.write(profiles.get());
        }
        Report report = new Report(setup(Path.of("")), measured);
        System.out.print(report.table());
        if (json.isPresent()) {
            report.writeJson(json.get());
        }
        return strict && !report.allMet() ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
    }

    private Measured measured(Scenario scenario) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("orchestrator-bench");
        try {
            return scenario.measure(setup(folder));
        } finally {
            delete(folder);
        }
    }

    private Setup setup(Path folder) {
        return new Setup(
                tree,
                model,
                folder,
                new Setup.Writing(engine, ollama, threads, warmUp, runs, tokens),
                new Setup.Loading(redis, wrk, rounds, Duration.ofSeconds(seconds), profiles));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.deleteIfExists(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
