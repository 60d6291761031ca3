package ai.orchestrator.model.llamacpp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;

/**
 * One of a model's files, as it was when it was looked at.
 *
 * @param size in bytes
 * @param written when it was written last
 */
record ModelPart(Path path, long size, Instant written) {
    /** @throws IOException if it is not there */
    static ModelPart of(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new ModelPart(
                file, attributes.size(), attributes.lastModifiedTime().toInstant());
    }
}
