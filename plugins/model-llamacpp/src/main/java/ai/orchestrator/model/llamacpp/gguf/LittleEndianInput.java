package ai.orchestrator.model.llamacpp.gguf;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a file of a known size from its start; asking for more than is left fails before anything is allocated. */
final class LittleEndianInput implements Closeable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final InputStream in;
    private final long size;
    private long position;

    LittleEndianInput(Path file) throws IOException {
        this.size = Files.size(file);
        this.in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
    }

    long position() {
        return position;
    }

    long remaining() {
        return size - position;
    }

    int u8() throws IOException {
        require(1);
        int value = in.read();
        if (value < 0) {
            throw new EOFException("the file became shorter while it was read");
        }
        position++;
        return value;
    }

    long unsigned(int bytes) throws IOException {
        require(bytes);
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (long) u8() << (8 * i);
        }
        return value;
    }

    /** A 64-bit count or length, which has to be one that the file could hold. */
    long count(String what, long most) throws IOException {
        long count = unsigned(Long.BYTES);
        if (count < 0 || count > most) {
            throw new MalformedGgufException("its " + what + " is out of range");
        }
        return count;
    }

    String text(int bytes) throws IOException {
        require(bytes);
        byte[] data = in.readNBytes(bytes);
        if (data.length < bytes) {
            throw new EOFException("the file became shorter while it was read");
        }
        position += bytes;
        return new String(data, StandardCharsets.UTF_8);
    }

    void skip(long bytes) throws IOException {
        require(bytes);
        in.skipNBytes(bytes);
        position += bytes;
    }

    private void require(long bytes) throws MalformedGgufException {
        if (bytes > remaining()) {
            throw new MalformedGgufException("it ends within its header");
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
