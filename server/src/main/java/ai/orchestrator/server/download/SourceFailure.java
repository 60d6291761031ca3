package ai.orchestrator.server.download;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Optional;

/** A source did not give the file, or it cannot be kept; the message holds no path of this machine. */
public class SourceFailure extends Exception {
    private static final long serialVersionUID = 1L;

    /** A failure without a cause. */
    public SourceFailure(String reason) {
        super(reason);
    }

    /** A failure that an exception explains. */
    public SourceFailure(String reason, IOException cause) {
        super(reason + ": " + describe(cause), cause);
    }

    @Override
    public final String getMessage() {
        return String.valueOf(super.getMessage());
    }

    private static String describe(IOException cause) {
        Optional<String> message = Optional.ofNullable(
                cause instanceof FileSystemException files ? files.getReason() : cause.getMessage());
        return message.filter(text -> !text.isBlank()).orElse(cause.getClass().getSimpleName());
    }
}
