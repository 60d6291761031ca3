package ai.orchestrator.server.engine;

import ai.orchestrator.server.config.EngineConfig;
import ai.orchestrator.server.config.EngineConfig.Origin;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;

/**
 * An engine as {@code engine.json}, beside its programs, describes it.
 *
 * @param version what the program says of itself
 * @param binary the program's path below the engine's folder
 * @param source where it is from
 * @param sha256 the sum of what was downloaded
 * @param built whether it was built here, for the CPU with the flags below
 * @param cpu the CPU's name, empty where unknown
 * @param cpuFlags what of the CPU's instructions a build may use; empty if it was not built here
 * @param date when it was installed
 */
public record InstalledEngine(
        String version,
        String binary,
        String source,
        String sha256,
        boolean built,
        String cpu,
        @JsonProperty("cpu_flags") List<String> cpuFlags,
        String date) {

    static final String BINARY = "bin/llama-server";

    public InstalledEngine {
        cpuFlags = List.copyOf(cpuFlags);
    }

    static InstalledEngine now(EngineConfig config, String source, String version, Cpu cpu) {
        boolean built = config.origin() == Origin.SOURCE;
        return new InstalledEngine(
                version,
                BINARY,
                source,
                config.sha256(),
                built,
                cpu.name(),
                built ? List.copyOf(cpu.flags()) : List.of(),
                Instant.now().toString());
    }

    boolean isMadeFrom(EngineConfig config) {
        return sha256.equals(config.sha256()) && built == (config.origin() == Origin.SOURCE);
    }

    /** Instructions that the programs may use and a CPU does not have. */
    List<String> missingOn(Cpu other) {
        SortedSet<String> has = other.flags();
        return has.isEmpty()
                ? List.of()
                : cpuFlags.stream().filter(flag -> !has.contains(flag)).toList();
    }

    /** Instructions that a CPU has and the programs do not use. */
    List<String> unusedOf(Cpu other) {
        return built
                ? other.flags().stream()
                        .filter(flag -> !cpuFlags.contains(flag))
                        .toList()
                : List.of();
    }
}
