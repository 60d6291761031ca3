package ai.orchestrator.bench.load;

import java.nio.ByteBuffer;

/** Finds where a body ends. */
abstract sealed class BodyEnd {
    /** Takes what belongs to the body; returns whether that was its end. */
    abstract boolean take(ByteBuffer bytes) throws MalformedReplyException;

    /** The end of a body of so many bytes. */
    static BodyEnd ofLength(long length) {
        return new Length(length);
    }

    /** The end of a body in chunks, without trailers. */
    static BodyEnd chunked() {
        return new Chunked();
    }

    private static final class Length extends BodyEnd {
        private long left;

        Length(long length) {
            left = length;
        }

        @Override
        boolean take(ByteBuffer bytes) {
            int taken = (int) Math.min(left, bytes.remaining());
            bytes.position(bytes.position() + taken);
            left -= taken;
            return left == 0;
        }
    }

    private static final class Chunked extends BodyEnd {
        private static final int LINE_ENDS = 2; // after the data of each chunk

        /** What is left of the chunk's data and its line end; negative while its size is read. */
        private long left = -1;

        private long size;
        private boolean last;

        @Override
        boolean take(ByteBuffer bytes) throws MalformedReplyException {
            while (bytes.hasRemaining()) {
                if (left < 0) {
                    takeOfSize(bytes.get());
                } else {
                    int taken = (int) Math.min(left, bytes.remaining());
                    bytes.position(bytes.position() + taken);
                    left -= taken;
                }
                if (left == 0) {
                    if (last) {
                        return true;
                    }
                    left = -1;
                    size = 0;
                }
            }
            return false;
        }

        private void takeOfSize(byte next) throws MalformedReplyException {
            if (next == '\n') {
                last = size == 0;
                left = size + LINE_ENDS;
            } else if (next != '\r') {
                int digit = Character.digit(next, 16);
                if (digit < 0) {
                    throw new MalformedReplyException("a chunk's size is no number");
                }
                size = size * 16 + digit;
            }
        }
    }
}
