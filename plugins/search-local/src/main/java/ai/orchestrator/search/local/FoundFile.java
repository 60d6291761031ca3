package ai.orchestrator.search.local;

import java.nio.file.Path;

/**
 * A file of the folder, as a scan saw it.
 *
 * @param name its path within the folder, with slashes
 * @param path its real path
 */
record FoundFile(String name, Path path, Stamp stamp) {
    /** What is read in it. */
    DocumentType type() {
        return DocumentType.of(name).orElse(DocumentType.TEXT);
    }

    /**
     * What tells a changed file from an unchanged one.
     *
     * @param modified nanoseconds since 1970
     * @param size in bytes
     */
    record Stamp(long modified, long size) {}
}
