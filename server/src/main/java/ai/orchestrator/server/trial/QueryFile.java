package ai.orchestrator.server.trial;

import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.server.http.HttpProblem;
import ai.orchestrator.server.http.JsonBody;
import ai.orchestrator.server.http.JsonObject;
import ai.orchestrator.server.http.ollama.ChatReader;
import ai.orchestrator.server.http.ollama.MessageReader;
import ai.orchestrator.server.orchestration.Caller;
import ai.orchestrator.server.orchestration.ChatRequest;
import ai.orchestrator.server.orchestration.ModelName;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A file of queries, one a line. A line that begins with a brace is a JSON object with the members of {@code POST /api/analyze} and {@code headers}
 * and {@code api_key} (a tenant's name), which a real request has outside its body; any other line is a question for {@code auto}. Empty lines are passed over.
 */
public final class QueryFile {
    private QueryFile() {}

    /**
     * One query.
     *
     * @param line where the file has it
     */
    public record Query(int line, ChatRequest request) {}

    /** The file cannot be used; the message tells why, with file and line. */
    public static final class BadFileException extends Exception {
        private static final long serialVersionUID = 1L;

        BadFileException(String message) {
            super(message);
        }
    }

    /** @throws BadFileException if it cannot be read, a line is wrong, or there is no query in it */
    public static List<Query> read(Path file) throws BadFileException {
        List<Query> queries = new ArrayList<>();
        int line = 0;
        for (String text : lines(file)) {
            line++;
            if (!text.isBlank()) {
                queries.add(new Query(line, request(text.strip(), file + ":" + line)));
            }
        }
        if (queries.isEmpty()) {
            throw new BadFileException(file + " has no queries: it needs one a line");
        }
        return queries;
    }

    private static List<String> lines(Path file) throws BadFileException {
        try {
            return Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            throw new BadFileException(file + " is not there");
        } catch (CharacterCodingException e) {
            throw new BadFileException(file + " is not UTF-8 text");
        } catch (IOException e) {
            throw new BadFileException(file + " cannot be read: " + e.getMessage());
        }
    }

    private static ChatRequest request(String text, String where) throws BadFileException {
        if (!text.startsWith("{")) {
            return ChatRequest.of("", ModelName.AUTO, new Prompt.Chat(List.of(Message.of("user", text))));
        }
        try {
            JsonObject body =
                    JsonBody.parse(text.getBytes(StandardCharsets.UTF_8)).members("");
            String model = body.text("model").isEmpty() ? ModelName.AUTO : body.text("model");
            return ChatReader.read(body, model, messages(body)).withCaller(caller(body));
        } catch (HttpProblem e) {
            throw new BadFileException(where + ": " + e.getMessage());
        }
    }

    private static List<Message> messages(JsonObject body) {
        List<Message> messages = new ArrayList<>();
        if (!body.text("system").isEmpty()) {
            messages.add(Message.of("system", body.text("system")));
        }
        messages.addAll(MessageReader.messages(body));
        if (!body.text("prompt").isBlank()) {
            messages.add(Message.of("user", body.text("prompt")));
        }
        if (messages.isEmpty()) {
            throw HttpProblem.badRequest("give a 'prompt' or 'messages'");
        }
        return messages;
    }

    private static Caller caller(JsonObject body) {
        Map<String, String> headers = new HashMap<>();
        JsonObject given = body.object("headers");
        given.names().forEach(name -> headers.put(name.toLowerCase(Locale.ROOT), given.text(name)));
        return new Caller(body.text("api_key"), headers);
    }
}
