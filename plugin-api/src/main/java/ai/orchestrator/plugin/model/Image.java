package ai.orchestrator.plugin.model;

import java.util.Arrays;

/** An encoded image, such as the bytes of a PNG file; never changed after it is handed over. */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
public record Image(byte[] data) {
    @Override
    public boolean equals(Object other) {
        return other instanceof Image that && Arrays.equals(data, that.data);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(data);
    }

    @Override
    public String toString() {
        return "Image[" + data.length + " bytes]";
    }
}
