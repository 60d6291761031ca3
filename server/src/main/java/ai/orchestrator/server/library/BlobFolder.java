package ai.orchestrator.server.library;

import ai.orchestrator.server.digest.Digests;
import ai.orchestrator.server.orchestration.LibraryFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/** The files of all models, each under its SHA-256 sum. A file stands under its sum only when it is whole and right. */
final class BlobFolder {
    /** What the name of a file that is on its way ends in. */
    static final String PARTIAL = "-partial";

    /** What the name of a file that a client is sending begins with. */
    static final String UPLOAD = ".upload-";

    private static final int BUFFER = 1 << 16;

    private final Path folder;

    BlobFolder(Path folder) {
        this.folder = folder;
    }

    Path path(BlobDigest digest) {
        return folder.resolve(digest.fileName());
    }

    /** Where a file is while it is being pulled. */
    Path partial(BlobDigest digest) {
        return folder.resolve(digest.fileName() + PARTIAL);
    }

    boolean has(BlobDigest digest) {
        return Files.isRegularFile(path(digest));
    }

    /** How many bytes a blob has; empty if it is not there. */
    Optional<Long> size(BlobDigest digest) {
        try {
            return Optional.of(Files.size(path(digest)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** How many bytes of a blob an earlier transfer has left. */
    long arrived(BlobDigest digest) {
        try {
            return Files.size(partial(digest));
        } catch (IOException e) {
            return 0;
        }
    }

    /** A small blob's bytes, at most {@code most} of them. */
    byte[] read(BlobDigest digest, int most) throws IOException {
        try (InputStream in = Files.newInputStream(path(digest))) {
            return in.readNBytes(most);
        }
    }

    /** Makes sure that the folder is there. */
    void prepare() throws IOException {
        Files.createDirectories(folder);
    }

    /** Bytes that can still be written. */
    long free() throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    /** Where something may be written that is to become a blob by {@link #adopt}; whoever asks removes it if it does not. */
    Path fresh() throws IOException {
        prepare();
        return folder.resolve(UPLOAD + UUID.randomUUID());
    }

    /** Keeps a file that is in this folder under its sum. */
    BlobDigest adopt(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        BlobDigest digest =
                new BlobDigest(HexFormat.of().formatHex(Digests.sha256(file).digest()));
        Files.move(file, path(digest), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return digest;
    }

    /** Keeps bytes under their sum. */
    BlobDigest put(byte[] bytes) {
        BlobDigest digest = BlobDigest.of(bytes);
        if (!has(digest)) {
            receive(digest, InputStream.nullInputStream(), bytes);
        }
        return digest;
    }

    /**
     * Keeps what a client sends, which has to have the sum that it says.
     *
     * @throws LibraryFailure if it has another, or cannot be kept
     */
    void receive(BlobDigest digest, InputStream in) {
        receive(digest, in, new byte[0]);
    }

    private void receive(BlobDigest digest, InputStream in, byte[] first) {
        Path upload = folder.resolve(UPLOAD + UUID.randomUUID());
        try {
            prepare();
            String sum = write(upload, in, first);
            if (!sum.equals(digest.hex())) {
                throw LibraryFailure.invalid(
                        "digest mismatch, expected \"" + digest + "\", got \"sha256:" + sum + "\"");
            }
            Files.move(upload, path(digest), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw failed("a file cannot be kept", e);
        } finally {
            discard(upload);
        }
    }

    private static String write(Path file, InputStream in, byte[] first) throws IOException {
        MessageDigest digest = Digests.sha256();
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            add(out, digest, first, first.length);
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                add(out, digest, buffer, read);
            }
            out.force(true);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(FileChannel out, MessageDigest digest, byte[] bytes, int count) throws IOException {
        digest.update(bytes, 0, count);
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, count);
        while (buffer.hasRemaining()) {
            out.write(buffer);
        }
    }

    /** Removes a blob and what there is of it on its way. */
    void remove(BlobDigest digest) {
        discard(path(digest));
        discard(partial(digest));
    }

    Path folder() {
        return folder;
    }

    static void discard(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw failed("a file cannot be removed", e);
        }
    }

    /** A failure of the disk, without the path. */
    static LibraryFailure failed(String what, IOException cause) {
        String reason =
                switch (cause) {
                    case NoSuchFileException ignored -> "it is not there";
                    case FileSystemException files ->
                        Optional.ofNullable(files.getReason())
                                .orElse(files.getClass().getSimpleName());
                    default ->
                        Optional.ofNullable(cause.getMessage())
                                .orElse(cause.getClass().getSimpleName());
                };
        return new LibraryFailure(LibraryFailure.Kind.FAILED, what + ": " + reason, cause);
    }
}
