package ai.orchestrator.server.http.ollama;

import ai.orchestrator.plugin.model.ToolCall;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;

/** Where chat's and generate's objects differ. */
interface ReplyShape {
    /**
     * Writes the members that hold a piece of the answer, or all of it.
     *
     * @param firstCall the index of the first of {@code calls} in the whole answer
     */
    void content(JsonGenerator json, String text, String thinking, List<ToolCall> calls, int firstCall)
            throws IOException;

    /** Writes what the last object carries beside its metrics. */
    default void beforeMetrics(JsonGenerator json, String answer) throws IOException {}
}
