package ai.orchestrator.search.local;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.lucene.util.BytesRef;

/** A document's vector as bytes: a number for the model that made it, and the vector's numbers. */
final class StoredVector {
    private StoredVector() {}

    static BytesRef toBytes(String model, float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + vector.length * Float.BYTES);
        bytes.putInt(model.hashCode());
        bytes.asFloatBuffer().put(vector);
        return new BytesRef(bytes.array());
    }

    /** Whether there is one by this model. */
    static boolean isBy(BytesRef bytes, String model) {
        return bytes.length > Integer.BYTES
                && ByteBuffer.wrap(bytes.bytes, bytes.offset, bytes.length).getInt() == model.hashCode();
    }

    /** The vector; empty if there is none by this model. */
    static Optional<float[]> read(BytesRef bytes, String model) {
        if (!isBy(bytes, model)) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes.bytes, bytes.offset, bytes.length)
                .position(bytes.offset + Integer.BYTES)
                .slice();
        float[] vector = new float[buffer.remaining() / Float.BYTES];
        buffer.asFloatBuffer().get(vector);
        return Optional.of(vector);
    }
}
