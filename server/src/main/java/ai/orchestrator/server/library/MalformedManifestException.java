package ai.orchestrator.server.library;

import java.io.IOException;

/** A manifest that does not describe a model; the message is a clause such as {@code it has no layers}. */
final class MalformedManifestException extends IOException {
    private static final long serialVersionUID = 1L;

    MalformedManifestException(String message) {
        super(message);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
