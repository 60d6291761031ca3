package ai.orchestrator.server.library;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the part of a GGUF file that comes before the tensors' data. No length in it is believed before there are so many bytes. */
final class GgufHeadReader {
    private static final int MAGIC = 0x46554747;
    private static final int MAX_ENTRIES = 1 << 20;
    private static final int MAX_KEY_BYTES = 1 << 16;
    private static final int MAX_TEXT_BYTES = 1 << 20;
    private static final int MAX_KEPT_BYTES = 1 << 24;
    private static final int MAX_DIMENSIONS = 8;
    private static final int FLOAT32 = 6;
    private static final int FLOAT64 = 12;
    private static final int STRING = 8;
    private static final int ARRAY = 9;
    private static final int BOOL = 7;
    private static final int[] BYTES = {1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8};
    private static final int MAX_NESTING = 4;

    private final InputStream in;
    private final long size;
    private long left;

    /** Where the data of the last tensor begins, counted from the beginning of all data; less than 0 without any. */
    private long furthest = -1;

    private int kept;

    private GgufHeadReader(InputStream in, long size) {
        this.in = in;
        this.size = size;
        this.left = size;
    }

    /** @throws MalformedGgufException if it is no GGUF file, or a damaged one */
    static GgufHead read(Path file) throws IOException {
        return layout(file).head();
    }

    /** @throws MalformedGgufException if it is no GGUF file, or a damaged one */
    static GgufLayout layout(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            return new GgufHeadReader(in, Files.size(file)).layout();
        } catch (ArithmeticException e) {
            throw new MalformedGgufException("its tensors are too large to be true");
        }
    }

    private GgufLayout layout() throws IOException {
        if (left < Integer.BYTES || unsigned(Integer.BYTES) != MAGIC) {
            throw new MalformedGgufException("it is not a GGUF file");
        }
        long version = unsigned(Integer.BYTES);
        if (version != 2 && version != 3) {
            throw new MalformedGgufException("its GGUF version is neither 2 nor 3");
        }
        long tensors = count(MAX_ENTRIES);
        long keys = count(MAX_ENTRIES);
        Map<String, Object> metadata = new HashMap<>();
        List<GgufLayout.Entry> entries = new ArrayList<>();
        for (long i = 0; i < keys; i++) {
            long start = position();
            String key = text(count(MAX_KEY_BYTES));
            value(key, (int) unsigned(Integer.BYTES), metadata);
            entries.add(new GgufLayout.Entry(key, start, position()));
        }
        long parameters = 0;
        List<GgufLayout.Entry> places = new ArrayList<>();
        for (long i = 0; i < tensors; i++) {
            long start = position();
            String name = text(count(MAX_KEY_BYTES));
            parameters = Math.addExact(parameters, tensor());
            places.add(new GgufLayout.Entry(name, start, position()));
        }
        if (tensors == 0 && metadata.isEmpty()) {
            throw new MalformedGgufException("it is empty");
        }
        GgufHead head = new GgufHead(metadata, parameters);
        long data = GgufLayout.padded(position(), GgufLayout.alignment(head));
        if (furthest >= 0 && data + furthest >= size) {
            throw new MalformedGgufException("it ends before the data of its tensors does");
        }
        return new GgufLayout(head, version, entries, places, data);
    }

    private long position() {
        return size - left;
    }

    private void value(String key, int type, Map<String, Object> metadata) throws IOException {
        if (type == STRING) {
            long bytes = count(left);
            if (bytes > MAX_TEXT_BYTES) {
                skip(bytes);
            } else {
                metadata.put(key, text(bytes));
            }
        } else if (type == ARRAY) {
            array(0);
        } else {
            long bits = unsigned(width(type));
            metadata.put(
                    key,
                    switch (type) {
                        case FLOAT32 -> Float.intBitsToFloat((int) bits);
                        case FLOAT64 -> Double.longBitsToDouble(bits);
                        case BOOL -> bits != 0;
                        default -> bits;
                    });
        }
    }

    private void array(int nesting) throws IOException {
        if (nesting == MAX_NESTING) {
            throw new MalformedGgufException("its lists are nested too deeply");
        }
        int type = (int) unsigned(Integer.BYTES);
        long length = count(left);
        if (type != STRING && type != ARRAY) {
            skip(Math.multiplyExact(length, width(type)));
            return;
        }
        for (long i = 0; i < length; i++) {
            if (type == STRING) {
                skip(count(left));
            } else {
                array(nesting + 1);
            }
        }
    }

    private long tensor() throws IOException {
        long dimensions = unsigned(Integer.BYTES);
        if (dimensions > MAX_DIMENSIONS) {
            throw new MalformedGgufException("it has a tensor of too many dimensions");
        }
        long elements = 1;
        for (long i = 0; i < dimensions; i++) {
            elements = Math.multiplyExact(elements, count(Integer.MAX_VALUE));
        }
        skip(Integer.BYTES);
        long place = count(size);
        furthest = elements > 0 ? Math.max(furthest, place) : furthest;
        return elements;
    }

    private static int width(int type) throws MalformedGgufException {
        if (type < 0 || type >= BYTES.length) {
            throw new MalformedGgufException("it has a value of an unknown type");
        }
        return BYTES[type];
    }

    private long count(long most) throws IOException {
        long count = unsigned(Long.BYTES);
        if (count < 0 || count > most) {
            throw new MalformedGgufException("a length in its header is out of range");
        }
        return count;
    }

    private long unsigned(int bytes) throws IOException {
        require(bytes);
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("it became shorter while it was read");
            }
            value |= (long) next << (8 * i);
        }
        return value;
    }

    private String text(long bytes) throws IOException {
        require(bytes);
        kept += (int) bytes;
        if (kept > MAX_KEPT_BYTES) {
            throw new MalformedGgufException("its metadata is too large");
        }
        return new String(in.readNBytes((int) bytes), StandardCharsets.UTF_8);
    }

    private void skip(long bytes) throws IOException {
        require(bytes);
        in.skipNBytes(bytes);
    }

    private void require(long bytes) throws MalformedGgufException {
        if (bytes > left) {
            throw new MalformedGgufException("it ends within its header");
        }
        left -= bytes;
    }
}
