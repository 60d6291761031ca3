package ai.orchestrator.server.config;

import java.util.Optional;
import java.util.OptionalInt;

/** The parts of an address that the command line or the environment gives. */
public record ListenAddress(Optional<String> host, OptionalInt port) {
    /** Neither part. */
    public static final ListenAddress NONE = new ListenAddress(Optional.empty(), OptionalInt.empty());
}
