package ai.orchestrator.model.llamacpp;

import java.util.Set;

/** Tells an engine that cannot run on this machine from a model that cannot be loaded. */
final class EngineFault {
    /** What a shell reports: found but not executable, not found (a library, too), and an instruction that the processor does not have. */
    private static final Set<Integer> CODES = Set.of(126, 127, 128 + 4);

    private EngineFault() {}

    static boolean is(ChildProcess child) {
        int code = child.exitCode().orElse(0);
        return CODES.contains(code);
    }
}
