package ai.orchestrator.server.library;

import java.io.IOException;

/** A file that is not a GGUF file, or a damaged one; the message is a clause such as {@code it ends within its header}. */
final class MalformedGgufException extends IOException {
    private static final long serialVersionUID = 1L;

    MalformedGgufException(String message) {
        super(message);
    }
}
