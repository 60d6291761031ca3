package ai.orchestrator.model.llamacpp.gguf;

import java.io.IOException;
import java.math.BigInteger;

/** The types of metadata values, in the order of their numbers in the file. */
enum ValueType {
    UINT8(1),
    INT8(1),
    UINT16(2),
    INT16(2),
    UINT32(4),
    INT32(4),
    FLOAT32(4),
    BOOL(1),
    STRING(8),
    ARRAY(12),
    UINT64(8),
    INT64(8),
    FLOAT64(8);

    private static final ValueType[] BY_NUMBER = values();

    /** How many bytes a value takes at least. */
    final int leastBytes;

    ValueType(int leastBytes) {
        this.leastBytes = leastBytes;
    }

    static ValueType read(LittleEndianInput in) throws IOException {
        long number = in.unsigned(Integer.BYTES);
        if (number >= BY_NUMBER.length) {
            throw new MalformedGgufException("it has a value of an unknown type");
        }
        return BY_NUMBER[(int) number];
    }

    boolean isScalar() {
        return this != STRING && this != ARRAY;
    }

    /** A number or truth value. */
    Object scalar(LittleEndianInput in) throws IOException {
        long bits = in.unsigned(leastBytes);
        return switch (this) {
            case UINT8, UINT16, UINT32, INT64 -> bits;
            case INT8 -> (long) (byte) bits;
            case INT16 -> (long) (short) bits;
            case INT32 -> (long) (int) bits;
            case UINT64 -> bits >= 0 ? (Object) bits : new BigInteger(Long.toUnsignedString(bits));
            case FLOAT32 -> (double) Float.intBitsToFloat((int) bits);
            case FLOAT64 -> Double.longBitsToDouble(bits);
            case BOOL -> bits != 0;
            case STRING, ARRAY -> throw new IllegalStateException("no scalar: " + this);
        };
    }
}
