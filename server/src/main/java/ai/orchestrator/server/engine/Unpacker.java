package ai.orchestrator.server.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** Unpacks a {@code .tar.gz} or a {@code .zip}, told apart by their first bytes. */
final class Unpacker {
    private static final int BUFFER = 1 << 16;
    private static final int EXECUTABLE = 0111;
    private static final int GZIP = 0x1f8b;
    private static final int ZIP = 'P' << 8 | 'K';

    private final long mostBytes;
    private final int mostMembers;

    /**
     * @param mostBytes how much the files may hold in all
     * @param mostMembers how many files, folders and links there may be
     */
    Unpacker(long mostBytes, int mostMembers) {
        this.mostBytes = mostBytes;
        this.mostMembers = mostMembers;
    }

    /**
     * Unpacks into an empty folder.
     *
     * @throws EngineFailure if the archive is damaged, or has something in it that it should not have
     */
    void unpack(Path archive, Path folder) throws EngineFailure {
        try {
            UnpackedTree tree = new UnpackedTree(folder, mostBytes, mostMembers);
            switch (firstBytes(archive)) {
                case GZIP -> tar(archive, tree);
                case ZIP -> zip(archive, tree);
                default -> throw new EngineFailure("what was downloaded is neither a .tar.gz nor a .zip");
            }
            tree.link();
        } catch (IOException e) {
            throw new EngineFailure("the archive cannot be unpacked", e);
        }
    }

    private static int firstBytes(Path archive) throws IOException {
        try (InputStream in = Files.newInputStream(archive)) {
            return in.read() << 8 | in.read();
        }
    }

    private static void tar(Path archive, UnpackedTree tree) throws IOException, EngineFailure {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new GZIPInputStream(Files.newInputStream(archive), BUFFER))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                String name = entry.getName();
                if (entry.isGlobalPaxHeader()) {
                    continue;
                }
                if (entry.isFIFO() || entry.isCharacterDevice() || entry.isBlockDevice()) {
                    throw new EngineFailure(
                            "the archive has something in it that is neither a file nor a link: " + name);
                }
                if (entry.isDirectory()) {
                    tree.folder(name);
                } else if (entry.isSymbolicLink()) {
                    tree.link(name, entry.getLinkName());
                } else if (entry.isLink()) {
                    tree.copy(name, entry.getLinkName());
                } else {
                    tree.file(name, tar, (entry.getMode() & EXECUTABLE) != 0);
                }
            }
        }
    }

    private static void zip(Path archive, UnpackedTree tree) throws IOException, EngineFailure {
        try (ZipFile zip = ZipFile.builder().setPath(archive).get()) {
            for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
                String name = entry.getName();
                if (entry.isDirectory()) {
                    tree.folder(name);
                    continue;
                }
                try (InputStream in = zip.getInputStream(entry)) {
                    if (entry.isUnixSymlink()) {
                        tree.link(name, new String(in.readNBytes(UnpackedTree.LONGEST_NAME), StandardCharsets.UTF_8));
                    } else {
                        tree.file(name, in, (entry.getUnixMode() & EXECUTABLE) != 0);
                    }
                }
            }
        }
    }
}
