package ai.orchestrator.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "bench.sh",
        description =
                "Measures the product against what it stands on, and prints a table. Without a SCENARIO, all of them.",
        mixinStandardHelpOptions = true)
final class Bench implements Callable<Integer> {
    private static final List<Scenario> SCENARIOS = List.of(new GenerationSpeed(), new ClientLeaves());

    @Parameters(paramLabel = "SCENARIO", description = "generation, client-leaves")
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

    @Option(names = "--json", paramLabel = "FILE", description = "Write the results there, too.")
    private Optional<Path> json = Optional.empty();

    @Option(names = "--strict", description = "End with 1 where a budget is not kept.")
    private boolean strict;

    public static void main(String[] arguments) {
        // the script gives defaults, which what comes after them takes the place of
        System.exit(
                new CommandLine(new Bench()).setOverwrittenOptionsAllowed(true).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        for (String name : names) {
            if (SCENARIOS.stream().noneMatch(scenario -> scenario.name().equals(name))) {
                System.err.println("there is no scenario '" + name + "'");
                return CommandLine.ExitCode.USAGE;
            }
        }
        List<Result> results = new ArrayList<>();
        for (Scenario scenario : SCENARIOS) {
            if (names.isEmpty() || names.contains(scenario.name())) {
                System.err.println("measuring: " + scenario.name());
                results.addAll(measured(scenario));
            }
        }
        Report report = new Report(setup(Path.of("")), results);
        System.out.print(report.table());
        if (json.isPresent()) {
            report.writeJson(json.get());
        }
        return strict && !report.allMet() ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
    }

    private List<Result> measured(Scenario scenario) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("orchestrator-bench");
        try {
            return scenario.measure(setup(folder));
        } finally {
            delete(folder);
        }
    }

    private Setup setup(Path folder) {
        return new Setup(tree, model, engine, ollama, folder, threads, warmUp, runs, tokens);
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
