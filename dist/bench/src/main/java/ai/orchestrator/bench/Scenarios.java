package ai.orchestrator.bench;

import ai.orchestrator.bench.cache.MemoryHit;
import ai.orchestrator.bench.cache.MemoryUse;
import ai.orchestrator.bench.cache.Miss;
import ai.orchestrator.bench.cache.RedisHit;
import ai.orchestrator.bench.cache.SingleFlight;
import ai.orchestrator.bench.cache.SqliteHit;
import ai.orchestrator.bench.cache.Start;
import ai.orchestrator.bench.cache.StreamReplay;
import ai.orchestrator.bench.fault.Faults;
import ai.orchestrator.bench.generation.ClientLeaves;
import ai.orchestrator.bench.generation.GenerationSpeed;
import ai.orchestrator.bench.run.Scenario;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Everything that can be measured, by name. */
final class Scenarios {
    private static final String CACHE_NAME = "cache";
    private static final String FAULTS_NAME = "faults";
    private static final List<Scenario> GENERATION = List.of(new GenerationSpeed(), new ClientLeaves());
    private static final List<Scenario> CACHE = List.of(
            new MemoryHit(),
            new RedisHit(),
            new SqliteHit(),
            new StreamReplay(),
            new Miss(),
            new SingleFlight(),
            new MemoryUse(),
            new Start());

    private static final List<Scenario> FAULTS = Faults.all();

    private Scenarios() {}

    /** What is measured where nothing is named: all budgets. */
    static List<Scenario> budgets() {
        return Stream.concat(GENERATION.stream(), CACHE.stream()).toList();
    }

    static List<Scenario> faults() {
        return FAULTS;
    }

    /** The scenario of that name, or those that it stands for; empty if there is none. */
    static Optional<List<Scenario>> named(String name) {
        return switch (name) {
            case CACHE_NAME -> Optional.of(CACHE);
            case FAULTS_NAME -> Optional.of(faults());
            default ->
                Stream.concat(budgets().stream(), faults().stream())
                        .filter(scenario -> scenario.name().equals(name))
                        .findFirst()
                        .map(List::of);
        };
    }

    /** The names and what is measured, a line each. */
    static String help() {
        StringBuilder help = new StringBuilder("%nScenarios:%n");
        Stream.concat(budgets().stream(), faults().stream())
                .forEach(scenario -> help.append(line(scenario.name(), scenario.purpose())));
        return help.append(line(CACHE_NAME, "all from memory-hit to start"))
                .append(line(FAULTS_NAME, "all from redis-stopped on; the same as --faults"))
                .toString();
    }

    private static String line(String name, String purpose) {
        return "  %-18s%s".formatted(name, purpose) + "%n";
    }
}
