package ai.orchestrator.server.http.ollama;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** Where chat's and generate's objects differ. */
interface ReplyShape {
    /** Writes the members that hold a piece of the answer. */
    void content(JsonGenerator json, Piece piece) throws IOException;

    /** Writes what the last object carries beside its metrics. */
    default void beforeMetrics(JsonGenerator json, String answer) throws IOException {}
}
