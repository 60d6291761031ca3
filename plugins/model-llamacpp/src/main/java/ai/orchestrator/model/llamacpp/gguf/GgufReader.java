package ai.orchestrator.model.llamacpp.gguf;

import ai.orchestrator.model.llamacpp.gguf.GgufHeader.LongArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ObjIntConsumer;

/**
 * Reads GGUF headers, versions 2 and 3. Every length is held against the bytes that are left before it is believed, and what is kept in
 * memory is bounded, whatever the file claims.
 */
public final class GgufReader {
    private static final long MAGIC = 0x46554747L;
    private static final int MAX_KEYS = 1 << 16;
    private static final int MAX_TENSORS = 1 << 20;
    private static final int MAX_DIMENSIONS = 8;
    private static final int MAX_NAME_BYTES = 1 << 16;
    private static final int MAX_KEPT_TEXT_BYTES = 1 << 20;
    private static final int MAX_KEPT_BYTES = 1 << 24;
    private static final int MAX_KEPT_ELEMENTS = 64;
    private static final int OBJECT_BYTES = 16;
    private static final int MAX_NESTING = 4;
    private static final int LEAST_KEY_BYTES = 13;
    private static final int LEAST_TENSOR_BYTES = 24;

    private final LittleEndianInput in;
    private final Map<String, Object> metadata = new LinkedHashMap<>();
    private int keptBytes;

    private GgufReader(LittleEndianInput in) {
        this.in = in;
    }

    /**
     * Reads a file's header, and checks that the tensors it announces fit into the file.
     *
     * @throws MalformedGgufException if the file is no GGUF file or is damaged
     * @throws IOException if it cannot be read
     */
    public static GgufHeader read(Path file) throws IOException {
        try (LittleEndianInput in = new LittleEndianInput(file)) {
            return new GgufReader(in).header();
        } catch (ArithmeticException e) {
            throw new MalformedGgufException("its tensors are too large to be true");
        }
    }

    /**
     * Goes through a list of texts that was left in the file; does nothing with any other list.
     *
     * @param each given each element, which is empty if it is longer than a token ever is, and its index
     */
    public static void forEachText(Path file, LongArray array, ObjIntConsumer<String> each) throws IOException {
        if (!array.ofTexts()) {
            return;
        }
        try (LittleEndianInput in = new LittleEndianInput(file)) {
            in.skip(array.offset());
            for (int i = 0; i < array.length(); i++) {
                long bytes = in.count("text", in.remaining());
                boolean tooLong = bytes > MAX_NAME_BYTES;
                String text = tooLong ? "" : in.text((int) bytes);
                if (tooLong) {
                    in.skip(bytes);
                }
                each.accept(text, i);
            }
        }
    }

    private GgufHeader header() throws IOException {
        if (in.remaining() < Integer.BYTES || in.unsigned(Integer.BYTES) != MAGIC) {
            throw new MalformedGgufException("it is not a GGUF file");
        }
        long version = in.unsigned(Integer.BYTES);
        if (version != 2 && version != 3) {
            throw new MalformedGgufException("its GGUF version is neither 2 nor 3");
        }
        long tensors = in.count("number of tensors", Math.min(MAX_TENSORS, in.remaining() / LEAST_TENSOR_BYTES));
        long keys = in.count("number of keys", Math.min(MAX_KEYS, in.remaining() / LEAST_KEY_BYTES));
        for (long i = 0; i < keys; i++) {
            String key = name();
            keep(key.length());
            if (metadata.put(key, value(ValueType.read(in), 0)) != null) {
                throw new MalformedGgufException("it has a key twice");
            }
        }
        long parameters = tensors(tensors);
        return new GgufHeader(Collections.unmodifiableMap(metadata), parameters);
    }

    private String name() throws IOException {
        return in.text((int) in.count("name", Math.min(MAX_NAME_BYTES, in.remaining())));
    }

    private Object value(ValueType type, int nesting) throws IOException {
        return switch (type) {
            case STRING -> text();
            case ARRAY -> array(nesting);
            default -> type.scalar(in);
        };
    }

    private Object text() throws IOException {
        long bytes = in.count("text", in.remaining());
        if (bytes > MAX_KEPT_TEXT_BYTES) {
            in.skip(bytes);
            return "";
        }
        keep((int) bytes);
        return in.text((int) bytes);
    }

    private void keep(int bytes) throws MalformedGgufException {
        keptBytes += bytes + OBJECT_BYTES;
        if (keptBytes > MAX_KEPT_BYTES) {
            throw new MalformedGgufException("its metadata is too large");
        }
    }

    private Object array(int nesting) throws IOException {
        if (nesting == MAX_NESTING) {
            throw new MalformedGgufException("its lists are nested too deeply");
        }
        ValueType type = ValueType.read(in);
        long length = in.count("list", in.remaining() / type.leastBytes);
        long offset = in.position();
        if (length > MAX_KEPT_ELEMENTS || nesting > 0) {
            skip(type, length, nesting);
            return new LongArray(type == ValueType.STRING, length, offset);
        }
        List<Object> elements = new ArrayList<>();
        for (long i = 0; i < length; i++) {
            keep(0);
            elements.add(value(type, nesting + 1));
        }
        return List.copyOf(elements);
    }

    private void skip(ValueType type, long length, int nesting) throws IOException {
        if (type.isScalar()) {
            in.skip(length * type.leastBytes);
            return;
        }
        for (long i = 0; i < length; i++) {
            if (type == ValueType.STRING) {
                in.skip(in.count("text", in.remaining()));
            } else {
                array(nesting + 1);
            }
        }
    }

    private long tensors(long count) throws IOException {
        long parameters = 0;
        long end = 0;
        for (long i = 0; i < count; i++) {
            name();
            long dimensions = in.unsigned(Integer.BYTES);
            if (dimensions > MAX_DIMENSIONS) {
                throw new MalformedGgufException("it has a tensor of too many dimensions");
            }
            long elements = 1;
            for (long d = 0; d < dimensions; d++) {
                elements = Math.multiplyExact(elements, in.count("tensor", Integer.MAX_VALUE));
            }
            long type = in.unsigned(Integer.BYTES);
            long offset = in.count("tensor's offset", in.remaining());
            TensorType stored = TensorType.of(type).orElse(null);
            long bytes = stored == null ? 0 : stored.bytes(elements);
            end = Math.max(end, Math.addExact(offset, bytes));
            parameters = Math.addExact(parameters, elements);
        }
        if (count > 0 && Math.addExact(aligned(in.position()), end) > in.position() + in.remaining()) {
            throw new MalformedGgufException("it is cut short: data of its tensors is missing");
        }
        return parameters;
    }

    private long aligned(long position) {
        long alignment = metadata.get("general.alignment") instanceof Long given && given > 0 ? given : 32;
        return Math.multiplyExact(Math.ceilDiv(position, alignment), alignment);
    }
}
