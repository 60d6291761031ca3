package ai.orchestrator.server.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.util.Map;

/** Where results go: as lines for people, or as one JSON object for programs. */
final class Output {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean json;

    Output(PrintWriter out, PrintWriter err, boolean json) {
        this.out = out;
        this.err = err;
        this.json = json;
    }

    /** The result in both forms; an empty text is not printed. */
    void result(String text, Map<String, ?> members) {
        String form = json ? write(members) : text;
        if (!form.isEmpty()) {
            print(out, form);
        }
    }

    /** What a person likes to know meanwhile. */
    void note(String text) {
        print(err, text);
    }

    /** Why there is no result. */
    void error(String sentence) {
        if (json) {
            print(out, write(Map.of("error", sentence)));
        } else {
            print(err, sentence);
        }
    }

    private static void print(PrintWriter writer, String text) {
        writer.println(text);
        writer.flush();
    }

    private static String write(Map<String, ?> members) {
        try {
            return JSON.writeValueAsString(members);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
