package ai.orchestrator.server.config;

import ai.orchestrator.server.config.DownloadConfig.Source;

/**
 * The native engine that {@code orchestrator engine} installs.
 *
 * @param origin what it is made from
 * @param from where that is had
 * @param sha256 the sum of what is downloaded, in lower-case hexadecimal
 */
public record EngineConfig(Origin origin, Source from, String sha256) {
    /** What an engine is made from. */
    public enum Origin {
        /** An archive with programs that somebody else has built. */
        ARCHIVE,
        /** An archive with the source, which is built for this machine's CPU. */
        SOURCE
    }
}
