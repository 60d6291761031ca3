package ai.orchestrator.server.web;

import java.util.Optional;
import okhttp3.MediaType;

/**
 * What one server answered.
 *
 * @param location where it sends on to
 * @param type of the body; empty where none is told or it cannot be read
 * @param body empty unless the status is 200
 */
record Reply(int status, Optional<String> location, Optional<MediaType> type, byte[] body) {
    boolean isRedirect() {
        return (status == 301 || status == 302 || status == 303 || status == 307 || status == 308)
                && location.isPresent();
    }
}
