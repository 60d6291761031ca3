package ai.orchestrator.server.http.responses;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** Where the events of a response go. */
@FunctionalInterface
interface ResponseEvents {
    /** Nobody reads piece by piece. */
    ResponseEvents NONE = (type, members) -> {};

    /** Sends an event of a type, with these members beside the type and the number. */
    void send(String type, Members members);

    /** Writes members of an object. */
    @FunctionalInterface
    interface Members {
        void write(JsonGenerator json) throws IOException;
    }
}
