package ai.orchestrator.search.local;

import java.io.IOException;
import org.apache.pdfbox.io.RandomAccessRead;
import org.apache.pdfbox.io.RandomAccessReadView;

/** A file in memory whose reader stops when its thread is interrupted, wherever in the parser it is. */
final class StoppableBytes implements RandomAccessRead {
    private static final int READS_BETWEEN_LOOKS = 1 << 10;

    private final byte[] content;
    private int position;
    private int reads;
    private boolean closed;

    StoppableBytes(byte[] content) {
        this.content = content;
    }

    @Override
    public int read() throws IOException {
        look();
        return position < content.length ? content[position++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        look();
        if (position >= content.length) {
            return -1;
        }
        int count = Math.min(length, content.length - position);
        System.arraycopy(content, position, into, offset, count);
        position += count;
        return count;
    }

    @Override
    public long getPosition() {
        return position;
    }

    @Override
    public void seek(long to) throws IOException {
        if (to < 0) {
            throw new IOException("no position " + to);
        }
        position = (int) Math.min(to, content.length);
    }

    @Override
    public long length() {
        return content.length;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public boolean isEOF() {
        return position >= content.length;
    }

    @Override
    public RandomAccessReadView createView(long start, long length) {
        return new RandomAccessReadView(this, start, length);
    }

    @Override
    public void close() {
        closed = true;
    }

    private void look() throws IOException {
        if (closed) {
            throw new IOException("closed");
        }
        if (reads++ % READS_BETWEEN_LOOKS == 0) {
            StoppedException.ifInterrupted();
        }
    }
}
