package ai.orchestrator.server.orchestration;

import java.io.InputStream;
import java.util.Optional;

/**
 * The models that this server keeps: pulled, created, copied and deleted by clients while it runs. Every method throws {@link LibraryFailure}
 * if it refuses or fails, and leaves nothing half done behind.
 */
public interface ModelLibrary {
    /** Gets a model from the registry that its name belongs to, or its newer version. */
    void pull(String name, LibraryProgress progress);

    /** Makes a model, in place of one that has the name. */
    void create(NewModel model, LibraryProgress progress);

    /** Gives a model a second name. */
    void copy(String source, String destination);

    /** Forgets a name, and the files that no other name needs. */
    void delete(String name);

    /**
     * Whether a blob is there.
     *
     * @param digest such as {@code sha256:} and 64 hexadecimal digits
     */
    boolean hasBlob(String digest);

    /**
     * Keeps a blob for a creation; its bytes are read to their end.
     *
     * @return whether it is new
     */
    boolean keepBlob(String digest, InputStream bytes);

    /** More about a model; empty if it is not one of the library's. */
    Optional<StoredDetails> details(String name);
}
