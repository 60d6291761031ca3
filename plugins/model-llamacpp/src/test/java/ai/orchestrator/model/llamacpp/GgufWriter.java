package ai.orchestrator.model.llamacpp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes GGUF version 3 files with tensors of 32-bit floats. */
public final class GgufWriter {
    private static final int ALIGNMENT = 32;

    private final Map<String, Object> metadata = new LinkedHashMap<>();
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Tensor(long[] dimensions, float[] data) {}

    /** A text, {@code Short} or {@code Integer} (written unsigned, in a list signed), {@code Float}, {@code Boolean}, or a list of texts, {@code Integer} or {@code Float}. */
    public GgufWriter put(String key, Object value) {
        metadata.put(key, value);
        return this;
    }

    public GgufWriter remove(String key) {
        metadata.remove(key);
        return this;
    }

    /** A tensor, its fastest dimension first. */
    public GgufWriter tensor(String name, float[] data, long... dimensions) {
        tensors.put(name, new Tensor(dimensions, data));
        return this;
    }

    /** Writes the model as two files, and gives the first one's path. */
    public Path toParts(Path folder, String stem) {
        List<String> names = List.copyOf(tensors.keySet());
        Path first = part(0, names.subList(0, names.size() / 2)).to(folder.resolve(stem + "-00001-of-00002.gguf"));
        part(1, names.subList(names.size() / 2, names.size())).to(folder.resolve(stem + "-00002-of-00002.gguf"));
        return first;
    }

    private GgufWriter part(int number, List<String> names) {
        GgufWriter part = new GgufWriter();
        if (number == 0) {
            part.metadata.putAll(metadata);
        }
        part.put("split.no", (short) number)
                .put("split.count", (short) 2)
                .put("split.tensors.count", new SignedInt(tensors.size()));
        names.forEach(name -> part.tensors.put(name, tensors.get(name)));
        return part;
    }

    private record SignedInt(int value) {}

    /** The whole file. */
    public byte[] bytes() {
        Output out = new Output();
        out.i32(0x46554747);
        out.i32(3);
        out.i64(tensors.size());
        out.i64(metadata.size());
        metadata.forEach((key, value) -> {
            out.text(key);
            out.typed(value);
        });
        long offset = 0;
        for (Map.Entry<String, Tensor> tensor : tensors.entrySet()) {
            out.text(tensor.getKey());
            out.i32(tensor.getValue().dimensions().length);
            for (long dimension : tensor.getValue().dimensions()) {
                out.i64(dimension);
            }
            out.i32(0);
            out.i64(offset);
            offset += Math.ceilDiv(tensor.getValue().data().length * 4L, ALIGNMENT) * ALIGNMENT;
        }
        for (Tensor tensor : tensors.values()) {
            out.align();
            for (float number : tensor.data()) {
                out.f32(number);
            }
        }
        out.align();
        return out.bytes.toByteArray();
    }

    /** Writes the file, and gives its path. */
    public Path to(Path file) {
        try {
            return Files.write(file, bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Output {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        void i32(int value) {
            bytes.writeBytes(buffer(4).putInt(value).array());
        }

        void i64(long value) {
            bytes.writeBytes(buffer(8).putLong(value).array());
        }

        void f32(float value) {
            bytes.writeBytes(buffer(4).putFloat(value).array());
        }

        void text(String text) {
            byte[] data = text.getBytes(StandardCharsets.UTF_8);
            i64(data.length);
            bytes.writeBytes(data);
        }

        void typed(Object value) {
            i32(type(value));
            if (value instanceof List<?> list) {
                i32(list.getFirst() instanceof Integer ? 5 : type(list.getFirst()));
                i64(list.size());
                list.forEach(this::plain);
            } else {
                plain(value);
            }
        }

        private void plain(Object value) {
            switch (value) {
                case String text -> text(text);
                case Short number -> bytes.writeBytes(buffer(2).putShort(number).array());
                case Integer number -> i32(number);
                case SignedInt(int number) -> i32(number);
                case Float number -> f32(number);
                case Boolean flag -> bytes.write(flag ? 1 : 0);
                default -> throw new IllegalArgumentException("not supported: " + value);
            }
        }

        private static int type(Object value) {
            return switch (value) {
                case Short number -> 2;
                case Integer number -> 4;
                case SignedInt number -> 5;
                case Float number -> 6;
                case Boolean flag -> 7;
                case String text -> 8;
                case List<?> list -> 9;
                default -> throw new IllegalArgumentException("not supported: " + value);
            };
        }

        void align() {
            while (bytes.size() % ALIGNMENT != 0) {
                bytes.write(0);
            }
        }

        private static ByteBuffer buffer(int size) {
            return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        }
    }
}
