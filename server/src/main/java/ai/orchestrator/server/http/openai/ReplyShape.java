package ai.orchestrator.server.http.openai;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** Where the objects of chat completions and completions differ. */
interface ReplyShape {
    /** What they begin with. */
    ReplyHead head();

    /** Writes the members of the one choice of a reply that is not streamed, beside its reason. */
    void whole(JsonGenerator json, Piece answer) throws IOException;

    /**
     * Writes the members of the one choice of a piece of a stream, beside its reason.
     *
     * @param first whether it is the stream's first
     */
    void piece(JsonGenerator json, Piece piece, boolean first) throws IOException;

    /** Writes the same of the object that tells why the answer ended. */
    void last(JsonGenerator json) throws IOException;

    /** Writes what a piece has beside its choices. */
    default void besideChoices(JsonGenerator json) throws IOException {}
}
