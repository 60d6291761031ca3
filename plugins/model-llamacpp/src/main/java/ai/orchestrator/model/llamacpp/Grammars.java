package ai.orchestrator.model.llamacpp;

import ai.orchestrator.model.llamacpp.worker.WorkerMain;
import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.ResponseFormat;
import ai.orchestrator.plugin.model.ToolDefinition;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Grammars that answers are held to. llama.cpp ends the process over a schema that it does not take, so each new schema is put to it in a
 * process of its own that lives for that moment; what came out is remembered.
 */
final class Grammars {
    /** Any JSON object. Blanks are bounded, or a model could write nothing else for ever. */
    private static final String JSON_OBJECT = """
            root ::= object ws
            object ::= "{" ws ( pair ( "," ws pair )* )? "}"
            pair ::= string ws ":" ws value ws
            array ::= "[" ws ( value ws ( "," ws value ws )* )? "]"
            value ::= object | array | string | number | "true" | "false" | "null"
            string ::= "\\"" ( [^"\\\\\\x00-\\x1F\\x7F] | "\\\\" ( ["\\\\/bfnrt] | "u" hex hex hex hex ) )* "\\""
            number ::= "-"? ( "0" | [1-9] [0-9]{0,15} ) ( "." [0-9]{1,16} )? ( [eE] [-+]? [0-9]{1,3} )?
            hex ::= [0-9a-fA-F]
            ws ::= | " " | "\\n" [ \\t]{0,16}
            """;

    private static final int MOST_REMEMBERED = 256;
    private static final int MOST_GRAMMAR_BYTES = 1 << 22;
    private static final long SECONDS = 20;

    private final WorkerCommand command;
    private final Semaphore processes = new Semaphore(2);
    private final Map<String, Optional<String>> remembered = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Optional<String>> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    Grammars(WorkerCommand command) {
        this.command = command;
    }

    /**
     * The grammar of a format; empty for free text.
     *
     * @throws PluginFailure if a schema is none, or none that llama.cpp takes
     */
    String of(ResponseFormat format) {
        return switch (format) {
            case ResponseFormat.Text text -> "";
            case ResponseFormat.Json json -> JSON_OBJECT;
            case ResponseFormat.JsonSchema schema -> ofSchema(Schemas.tree(schema.schema()));
        };
    }

    /**
     * The grammar of a schema.
     *
     * @throws PluginFailure if llama.cpp does not take it
     */
    String ofSchema(ObjectNode schema) {
        return known(SchemaDialect.of(schema).toString())
                .orElseThrow(() ->
                        Refusals.invalid("the JSON schema of the format cannot be used: llama.cpp does not take it"));
    }

    /**
     * The grammar of a call of one of the tools: JSON without blanks that a model could go on with for long.
     *
     * @throws PluginFailure if llama.cpp does not take the schema of a tool's arguments
     */
    String ofCall(List<ToolDefinition> tools) {
        return known(SchemaDialect.of(Schemas.ofCall(tools)).toString())
                .orElseThrow(
                        () -> Refusals.invalid("the parameters of a tool cannot be used: llama.cpp does not take them"))
                .replaceAll("(?m)^space ::= .*$", "space ::= | \" \"");
    }

    /**
     * Whether every text and class of a grammar ends where it has to. llama.cpp makes some that do not, of values with quotation marks, and
     * would then hold the answer to nothing.
     */
    static boolean isWellFormed(String grammar) {
        char end = 0;
        for (int i = 0; i < grammar.length(); i++) {
            char c = grammar.charAt(i);
            boolean inside = end != 0;
            if (inside ? c == '\n' : c == ']' || c == '\\') {
                return false;
            }
            if (!inside) {
                end = c == '"' ? '"' : c == '[' ? ']' : 0;
            } else if (c == '\\') {
                i++;
            } else if (c == end) {
                end = 0;
            }
        }
        return end == 0;
    }

    private Optional<String> known(String normal) {
        synchronized (remembered) {
            Optional<String> known = remembered.get(normal);
            if (known != null) {
                return known;
            }
        }
        Optional<String> made = make(normal);
        synchronized (remembered) {
            remembered.put(normal, made);
        }
        return made;
    }

    private Optional<String> make(String schema) {
        try (WorkerFolder folder = WorkerFolder.create()) {
            if (!processes.tryAcquire(SECONDS, TimeUnit.SECONDS)) {
                throw new PluginFailure.Retriable(FailureCode.OVERLOADED, "too many new JSON schemas at once");
            }
            try {
                return run(schema, folder.path());
            } finally {
                processes.release();
            }
        } catch (IOException e) {
            throw new PluginFailure.Retriable(
                    FailureCode.UNAVAILABLE, "the process that reads JSON schemas cannot be started", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PluginFailure.Cancelled();
        }
    }

    /** Empty if the process did not take the schema. */
    private Optional<String> run(String schema, Path folder) throws IOException, InterruptedException {
        Path result = folder.resolve("grammar");
        Process process = command.process(folder, WorkerMain.GRAMMAR, result.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            try (OutputStream in = process.getOutputStream()) {
                in.write(schema.getBytes(StandardCharsets.UTF_8));
            }
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                throw new PluginFailure.Retriable(FailureCode.TIMEOUT, "the JSON schema could not be read in time");
            }
            boolean taken = process.exitValue() == 0 && Files.size(result) <= MOST_GRAMMAR_BYTES;
            return taken ? Optional.of(Files.readString(result)).filter(Grammars::isWellFormed) : Optional.empty();
        } finally {
            process.destroyForcibly();
        }
    }
}
