package ai.orchestrator.server.engine;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Objects;

/** The engine cannot be installed; the message says why in a sentence without a path of this machine. */
public final class EngineFailure extends Exception {
    private static final long serialVersionUID = 1L;

    EngineFailure(String reason) {
        super(reason);
    }

    EngineFailure(String reason, IOException cause) {
        super(reason + ": " + describe(cause), cause);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    private static String describe(IOException cause) {
        String name = cause.getClass().getSimpleName();
        return cause instanceof FileSystemException files
                ? Objects.requireNonNullElse(files.getReason(), name)
                : Objects.requireNonNullElse(cause.getMessage(), name);
    }
}
