package ai.orchestrator.server.plugin;

import java.nio.file.FileSystemException;
import java.util.Optional;

/** One plugin cannot be used. The message says why, without the paths of this machine. */
final class BrokenPluginException extends Exception {
    private static final long serialVersionUID = 1L;

    BrokenPluginException(String reason) {
        super(reason);
    }

    BrokenPluginException(String reason, Throwable cause) {
        super(reason + ": " + describe(cause), cause);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    /** What the innermost cause says; the files of a file system fault are left out. */
    static String describe(Throwable fault) {
        Throwable root = fault;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String name = root.getClass().getSimpleName();
        if (root instanceof FileSystemException files) {
            return Optional.ofNullable(files.getReason()).orElse(name);
        }
        return root.getMessage() == null || root.getMessage().isBlank() ? name : name + ": " + root.getMessage();
    }
}
