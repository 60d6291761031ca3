package ai.orchestrator.server.http.ollama;

import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.server.http.HttpProblem;
import ai.orchestrator.server.http.JsonObject;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/*
 * Ollama's context holds the tokens of one model. This one holds the conversation's text, so that it works for every model, for a remote one
 * and for an answer out of the cache. To clients it is opaque: numbers to be sent back.
 *
 * The numbers are a mark, a version, the count of bytes, and the bytes, three to a number. The bytes are the turns: role and text, each as its
 * length in four bytes and its UTF-8.
 */
/** The {@code context} that generate's last object carries, and that continues the conversation when it is sent back. */
final class ConversationContext {
    private static final int MARK = 0x61_69_6f;
    private static final int VERSION = 1;
    private static final int HEADER = 3;
    private static final int BYTES_PER_NUMBER = 3;
    private static final int MAX_BYTES = 64 * 1024;

    private ConversationContext() {}

    /** The turns of the request's {@code context}; none if absent. */
    static List<Message> read(JsonObject request) {
        List<JsonNode> numbers = request.array("context");
        if (numbers.isEmpty()) {
            return List.of();
        }
        byte[] bytes = unpack(numbers);
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            List<Message> turns = new ArrayList<>();
            while (in.available() > 0) {
                turns.add(Message.of(readText(in), readText(in)));
            }
            return turns;
        } catch (IOException e) {
            throw foreign();
        }
    }

    /** Writes the conversation with its answer; writes nothing where it cannot be continued. */
    static void write(JsonGenerator json, Prompt prompt, String answer) throws IOException {
        if (prompt instanceof Prompt.Chat(List<Message> messages)) {
            byte[] bytes = encode(messages, Message.of("assistant", answer));
            int[] numbers = new int[HEADER + (bytes.length + BYTES_PER_NUMBER - 1) / BYTES_PER_NUMBER];
            numbers[0] = MARK;
            numbers[1] = VERSION;
            numbers[2] = bytes.length;
            for (int i = 0; i < bytes.length; i++) {
                numbers[HEADER + i / BYTES_PER_NUMBER] |= (bytes[i] & 0xff) << (8 * (i % BYTES_PER_NUMBER));
            }
            json.writeFieldName("context");
            json.writeArray(numbers, 0, numbers.length);
        }
    }

    /** Leaves out the oldest turns where the whole is too long; a system message at its head stays. */
    private static byte[] encode(List<Message> messages, Message answer) {
        boolean system = !messages.isEmpty() && messages.getFirst().role().equals("system");
        List<byte[]> turns = new ArrayList<>();
        for (Message message : messages) {
            turns.add(turn(message));
        }
        turns.add(turn(answer));
        int total = turns.stream().mapToInt(turn -> turn.length).sum();
        int oldest = system ? 1 : 0;
        while (total > MAX_BYTES && turns.size() > oldest) {
            total -= turns.remove(oldest).length;
        }
        if (total > MAX_BYTES) {
            return new byte[0];
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(total);
        turns.forEach(bytes::writeBytes);
        return bytes.toByteArray();
    }

    private static byte[] turn(Message message) {
        byte[] role = message.role().getBytes(StandardCharsets.UTF_8);
        byte[] text = message.content().getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(role.length + text.length + 2 * Integer.BYTES);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(role.length);
            out.write(role);
            out.writeInt(text.length);
            out.write(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static String readText(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IOException("a text is longer than what is left");
        }
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    private static byte[] unpack(List<JsonNode> numbers) {
        if (numbers.size() < HEADER || intAt(numbers, 0) != MARK || intAt(numbers, 1) != VERSION) {
            throw foreign();
        }
        int length = intAt(numbers, 2);
        int packed = numbers.size() - HEADER;
        if (length < 0 || length > MAX_BYTES || (length + BYTES_PER_NUMBER - 1) / BYTES_PER_NUMBER != packed) {
            throw foreign();
        }
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (intAt(numbers, HEADER + i / BYTES_PER_NUMBER) >> (8 * (i % BYTES_PER_NUMBER)));
        }
        return bytes;
    }

    private static int intAt(List<JsonNode> numbers, int index) {
        return Optional.of(numbers.get(index))
                .filter(JsonNode::isInt)
                .map(JsonNode::intValue)
                .orElseThrow(ConversationContext::foreign);
    }

    private static HttpProblem foreign() {
        return HttpProblem.badRequest(
                "the context was not made by this server; send the earlier turns as messages to /api/chat instead");
    }
}
