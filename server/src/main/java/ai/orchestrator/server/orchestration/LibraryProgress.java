package ai.orchestrator.server.orchestration;

/**
 * Told how far a pull or a creation is. Each method throws {@link ai.orchestrator.plugin.PluginFailure.Cancelled} when nobody wants to know any
 * more, which ends the work as far as it is nobody else's too.
 */
public interface LibraryProgress {
    /** A step begins. */
    void status(String status);

    /**
     * A file is on its way.
     *
     * @param digest the file's, such as {@code sha256:…}
     * @param total bytes of the whole
     * @param completed bytes that are there
     */
    void transferring(String status, String digest, long total, long completed);

    /** Nothing new; called a few times a second while there is nothing to tell. */
    void nothingNew();
}
