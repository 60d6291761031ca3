package ai.orchestrator.bench.load;

import java.io.IOException;

/** What a server sent is no HTTP/1.1 reply to the request. */
final class MalformedReplyException extends IOException {
    private static final long serialVersionUID = 1L;

    MalformedReplyException(String message) {
        super(message);
    }
}
