package ai.orchestrator.server.library;

import java.util.List;

/**
 * Where the parts of a GGUF file's header stand, in bytes from its beginning.
 *
 * @param head what the header says
 * @param version of the format
 * @param entries the metadata, in the file's order
 * @param tensors what it says of each tensor; the place of its data is the last {@link #OFFSET_BYTES} of it
 * @param data where the tensors' data begins
 */
record GgufLayout(GgufHead head, long version, List<Entry> entries, List<Entry> tensors, long data) {
    /** How long the number is that says where a tensor's data stands. */
    static final int OFFSET_BYTES = Long.BYTES;

    private static final long USUAL_ALIGNMENT = 32;

    /** A part of the header, up to {@code end} without that byte itself. */
    record Entry(String name, long start, long end) {
        long length() {
            return end - start;
        }
    }

    GgufLayout {
        entries = List.copyOf(entries);
        tensors = List.copyOf(tensors);
    }

    /** What the places of the tensors' data are multiples of. */
    static long alignment(GgufHead head) throws MalformedGgufException {
        long alignment = head.number("general.alignment").orElse(USUAL_ALIGNMENT);
        if (alignment <= 0 || alignment > 1 << 20) {
            throw new MalformedGgufException("its alignment is out of range");
        }
        return alignment;
    }

    long alignment() throws MalformedGgufException {
        return alignment(head);
    }

    /** The next multiple of the alignment. */
    static long padded(long position, long alignment) {
        return Math.ceilDiv(position, alignment) * alignment;
    }
}
