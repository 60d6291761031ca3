package ai.orchestrator.model.llamacpp.gguf;

import java.io.IOException;

/** The file is not a GGUF file, or is damaged. The message is a clause such as {@code it ends within its header}. */
public final class MalformedGgufException extends IOException {
    private static final long serialVersionUID = 1L;

    MalformedGgufException(String message) {
        super(message);
    }
}
