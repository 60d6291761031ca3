package ai.orchestrator.server.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.ExitCode;

/** Where a command says how it went: in sentences, or as one JSON object on standard output. */
final class Terminal {
    private final PrintStream out;
    private final PrintWriter err;
    private boolean json;

    Terminal(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = new PrintWriter(err, true, StandardCharsets.UTF_8);
    }

    void json(boolean wanted) {
        json = wanted;
    }

    PrintWriter err() {
        return err;
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** Tells something by the way. */
    void note(String line) {
        err.println(line);
    }

    /** Tells a part of the result; as JSON it is in the object at the end. */
    void part(String line) {
        if (!json) {
            out.println(line);
        }
    }

    /** Ends the command as done; parts may have told all that there is to say in sentences. */
    int done(ObjectNode object) {
        if (json) {
            out.println(object);
        }
        return ExitCode.OK;
    }

    int done(String line, ObjectNode object) {
        part(line);
        return done(object);
    }

    int failed(String message) {
        return failed(message, object());
    }

    /** Ends the command as failed. */
    int failed(String message, ObjectNode object) {
        if (json) {
            out.println(object.put("error", message));
        } else {
            err.println(message);
        }
        return ExitCode.SOFTWARE;
    }
}
