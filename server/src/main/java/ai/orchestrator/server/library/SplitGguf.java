package ai.orchestrator.server.library;

import ai.orchestrator.server.orchestration.LibraryProgress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A GGUF file that was split into several, which {@link #join} makes one again: the metadata of the first, the tensors of all. Where a tensor's
 * data stands is counted from the beginning of its own file's data, so the data of each file is taken over as it is.
 */
final class SplitGguf {
    private static final int MAGIC = 0x46554747;
    private static final int HEADER_BYTES = 2 * Integer.BYTES + 2 * Long.BYTES;
    private static final long PIECE = 1 << 24;
    private static final Set<String> ABOUT_THE_SPLIT = Set.of("split.no", "split.count", "split.tensors.count");

    private final List<Part> parts;

    private record Part(Path file, GgufLayout layout) {
        long number() {
            return layout.head().number("split.no").orElse(0);
        }
    }

    private SplitGguf(List<Part> parts) {
        this.parts = parts;
    }

    /**
     * Puts parts in order.
     *
     * @throws MalformedGgufException if they are not exactly the parts of one file
     */
    static SplitGguf of(List<Path> files) throws IOException {
        List<Part> parts = new ArrayList<>();
        for (Path file : files) {
            parts.add(new Part(file, GgufHeadReader.layout(file)));
        }
        parts.sort(Comparator.comparingLong(Part::number));
        Set<String> names = new HashSet<>();
        for (int i = 0; i < parts.size(); i++) {
            GgufLayout layout = parts.get(i).layout();
            if (layout.head().parts() != parts.size() || parts.get(i).number() != i) {
                throw new MalformedGgufException(
                        "the model was split into " + layout.head().parts() + " files, and " + parts.size()
                                + " are here: all are needed, each once");
            }
            for (GgufLayout.Entry tensor : layout.tensors()) {
                if (!names.add(tensor.name())) {
                    throw new MalformedGgufException("two of the files hold the same tensor");
                }
            }
            if (layout.alignment() != parts.getFirst().layout().alignment()) {
                throw new MalformedGgufException("the files are not of one alignment");
            }
        }
        return new SplitGguf(List.copyOf(parts));
    }

    /** Writes the whole. */
    void join(Path target, LibraryProgress progress) throws IOException {
        try (FileChannel out = FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            header(out);
            for (Part part : parts) {
                try (FileChannel in = FileChannel.open(part.file())) {
                    copy(in, part.layout().data(), in.size(), out, progress);
                }
                pad(out);
            }
        }
    }

    private void header(FileChannel out) throws IOException {
        GgufLayout first = parts.getFirst().layout();
        List<GgufLayout.Entry> kept = first.entries().stream()
                .filter(entry -> !ABOUT_THE_SPLIT.contains(entry.name()))
                .toList();
        long tensors =
                parts.stream().mapToLong(part -> part.layout().tensors().size()).sum();
        ByteBuffer start = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        start.putInt(MAGIC).putInt((int) first.version()).putLong(tensors).putLong(kept.size());
        write(out, start.flip());
        try (FileChannel in = FileChannel.open(parts.getFirst().file())) {
            for (GgufLayout.Entry entry : kept) {
                write(out, read(in, entry.start(), entry.length()));
            }
        }
        long data = 0;
        for (Part part : parts) {
            try (FileChannel in = FileChannel.open(part.file())) {
                for (GgufLayout.Entry tensor : part.layout().tensors()) {
                    ByteBuffer bytes = read(in, tensor.start(), tensor.length());
                    int place = bytes.limit() - GgufLayout.OFFSET_BYTES;
                    write(out, bytes.putLong(place, Math.addExact(data, bytes.getLong(place))));
                }
                data += GgufLayout.padded(Math.max(0, in.size() - part.layout().data()), first.alignment());
            }
        }
        pad(out);
    }

    private void pad(FileChannel out) throws IOException {
        long alignment = parts.getFirst().layout().alignment();
        int missing = (int) (GgufLayout.padded(out.position(), alignment) - out.position());
        write(out, ByteBuffer.allocate(missing));
    }

    private static void copy(FileChannel in, long start, long end, FileChannel out, LibraryProgress progress)
            throws IOException {
        long position = start;
        while (position < end) {
            progress.nothingNew();
            long copied = in.transferTo(position, Math.min(PIECE, end - position), out);
            if (copied <= 0) {
                throw new MalformedGgufException("one of the files became shorter while it was read");
            }
            position += copied;
        }
    }

    private static ByteBuffer read(FileChannel in, long start, long length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(length)).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (in.read(bytes, start + bytes.position()) < 0) {
                throw new MalformedGgufException("one of the files became shorter while it was read");
            }
        }
        return bytes.flip();
    }

    private static void write(FileChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }
}
