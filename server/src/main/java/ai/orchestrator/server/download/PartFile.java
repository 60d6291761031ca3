package ai.orchestrator.server.download;

import ai.orchestrator.server.digest.Digests;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.LongConsumer;

/** A file while it is being obtained. Its sum is taken as it is written, and it never grows beyond the size that is expected. */
public final class PartFile implements AutoCloseable {
    private static final String NOT_WRITTEN = "the file cannot be written";

    private final Path path;
    private final Expected expected;
    private final LongConsumer progress;
    private final FileChannel channel;
    private MessageDigest digest;
    private long size;

    /** Another transfer writes the file, maybe that of another process. */
    public static final class InUse extends SourceFailure {
        private static final long serialVersionUID = 1L;

        private InUse() {
            super("another transfer writes the same file");
        }
    }

    private PartFile(Path path, Expected expected, LongConsumer progress, FileChannel channel, MessageDigest digest)
            throws IOException {
        this.path = path;
        this.expected = expected;
        this.progress = progress;
        this.channel = channel;
        this.digest = digest;
        size = channel.size();
        channel.position(size);
    }

    /**
     * Opens the file with what an earlier attempt has left in it, or empty.
     *
     * @param progress told how many bytes are there each time that some were added
     */
    public static PartFile open(Path path, Expected expected, LongConsumer progress) throws SourceFailure {
        try {
            FileChannel channel = FileChannel.open(
                    path,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    LinkOption.NOFOLLOW_LINKS);
            try {
                if (isLocked(channel)) {
                    channel.close();
                    throw new InUse();
                }
                return new PartFile(path, expected, progress, channel, Digests.sha256(channel));
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new SourceFailure(NOT_WRITTEN, e);
        }
    }

    /** Takes the file for this process until the channel is closed. Where the file system knows no locks, nobody else is expected. */
    private static boolean isLocked(FileChannel channel) {
        try {
            return channel.tryLock() == null;
        } catch (OverlappingFileLockException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** How many bytes are there. */
    public long size() {
        return size;
    }

    Expected expected() {
        return expected;
    }

    /** Drops what is there. */
    public void restart() throws SourceFailure {
        try {
            channel.truncate(0);
            digest = Digests.sha256();
            size = 0;
        } catch (IOException e) {
            throw new SourceFailure(NOT_WRITTEN, e);
        }
    }

    void append(byte[] bytes, int count) throws SourceFailure {
        if (expected.bytes().isPresent() && size + count > expected.bytes().getAsLong()) {
            restart();
            throw new FalseFile(
                    "it gives more than the " + expected.bytes().getAsLong() + " bytes that the file should have");
        }
        try {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, count);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } catch (IOException e) {
            throw new SourceFailure(NOT_WRITTEN, e);
        }
        digest.update(bytes, 0, count);
        size += count;
        progress.accept(size);
    }

    /** What is wrong with the file as it is now; a file that is wrong is emptied. */
    public Optional<String> fault() throws SourceFailure {
        Optional<String> fault = expected.faultOf(size).or(() -> expected.faultOf(digest));
        if (fault.isPresent()) {
            restart();
        }
        return fault;
    }

    /** Gives the file, which has no fault, its name; one that had the name before is replaced. */
    public void moveTo(Path target) throws SourceFailure {
        try {
            channel.force(true);
            Files.move(path, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new SourceFailure(NOT_WRITTEN, e);
        }
    }

    /** Leaves what can be gone on with, and nothing else. */
    @Override
    public void close() throws SourceFailure {
        try {
            channel.close();
            if (size == 0) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new SourceFailure(NOT_WRITTEN, e);
        }
    }
}
