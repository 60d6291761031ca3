package ai.orchestrator.server.library;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes GGUF files that hold a header and bytes for data. */
final class TestGguf {
    private final Map<String, Object> metadata = new LinkedHashMap<>();
    private int data = 64;
    private String tensor = "token_embd.weight";

    /** The weights of a model of the architecture {@code llama}. */
    static TestGguf weights(String name) {
        return new TestGguf()
                .with("general.architecture", "llama")
                .with("general.name", name)
                .with("general.file_type", 3)
                .with("llama.context_length", 2048)
                .with("tokenizer.chat_template", "{{ messages }}");
    }

    static TestGguf adapter() {
        return new TestGguf().with("general.architecture", "llama").with("general.type", "adapter");
    }

    static TestGguf projector() {
        return new TestGguf().with("general.architecture", "clip").with("clip.has_vision_encoder", true);
    }

    TestGguf with(String key, Object value) {
        metadata.put(key, value);
        return this;
    }

    TestGguf without(String key) {
        metadata.remove(key);
        return this;
    }

    /** How many bytes of data there are. */
    TestGguf data(int bytes) {
        data = bytes;
        return this;
    }

    /** What its one tensor is called. */
    TestGguf tensor(String name) {
        tensor = name;
        return this;
    }

    byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {'G', 'G', 'U', 'F'});
        number(out, 3, 4);
        number(out, 1, 8);
        number(out, metadata.size(), 8);
        metadata.forEach((key, value) -> {
            text(out, key);
            switch (value) {
                case String text -> {
                    number(out, 8, 4);
                    text(out, text);
                }
                case Integer number -> {
                    number(out, 4, 4);
                    number(out, number, 4);
                }
                case Boolean flag -> {
                    number(out, 7, 4);
                    out.write(flag ? 1 : 0);
                }
                default -> throw new IllegalArgumentException(key);
            }
        });
        text(out, tensor);
        number(out, 1, 4);
        number(out, data / 4, 8);
        number(out, 0, 4);
        number(out, 0, 8);
        while (out.size() % 32 != 0) {
            out.write(0);
        }
        byte[] filling = new byte[data];
        for (int i = 0; i < data; i++) {
            filling[i] = (byte) (i * 31);
        }
        out.writeBytes(filling);
        return out.toByteArray();
    }

    private static void text(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        number(out, bytes.length, 8);
        out.writeBytes(bytes);
    }

    private static void number(ByteArrayOutputStream out, long value, int bytes) {
        byte[] all = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
        out.write(all, 0, bytes);
    }
}
