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

    /** The vector; empty if there is none by this model. */
    static Optional<float[]> read(BytesRef bytes, String model) {
        if (bytes.length <= Integer.BYTES) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes.bytes, bytes.offset, bytes.length);
        if (buffer.getInt() != model.hashCode()) {
            return Optional.empty();
        }
        float[] vector = new float[buffer.remaining() / Float.BYTES];
        buffer.asFloatBuffer().get(vector);
        return Optional.of(vector);
    }
}
