package ai.orchestrator.server.library;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** The manifests, one file for each name: {@code host/namespace/model/tag}. */
final class ManifestFolder {
    private static final int DEPTH = 4;
    private static final String UNFINISHED = ".manifest-";

    private final Path folder;

    ManifestFolder(Path folder) {
        this.folder = folder;
    }

    /** A manifest as it is on disk. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Entry(StoredName name, byte[] bytes, Instant modifiedAt) {}

    /** What shows without reading it whether a manifest is still the same. */
    record Stamp(Path file, long size, FileTime modified) {}

    /** The stamps of all files that are where manifests are. */
    List<Stamp> stamps() throws IOException {
        List<Stamp> stamps = new ArrayList<>();
        for (Path file : files()) {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            stamps.add(new Stamp(file, attributes.size(), attributes.lastModifiedTime()));
        }
        return stamps;
    }

    private List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            addFiles(folder, DEPTH, files);
        }
        return files;
    }

    /** All manifests of legal names, in the order of their paths. */
    List<Entry> all() throws IOException {
        List<Path> files = files();
        List<Entry> entries = new ArrayList<>();
        for (Path file : files) {
            Optional<StoredName> name = name(folder.relativize(file));
            if (name.isPresent()) {
                entries.add(entry(name.get(), file));
            }
        }
        return entries;
    }

    /** Folders may be links, as users have them to use a model's files twice; that a link leads round is of no matter in so few levels. */
    private static void addFiles(Path folder, int depth, List<Path> files) throws IOException {
        List<Path> inside;
        try (Stream<Path> list = Files.list(folder)) {
            inside = list.sorted().toList();
        }
        for (Path path : inside) {
            if (depth > 1 && Files.isDirectory(path)) {
                addFiles(path, depth - 1, files);
            } else if (depth == 1 && Files.isRegularFile(path)) {
                files.add(path);
            }
        }
    }

    /** Removes what is left of manifests that were never written to their end. */
    void clear(Instant before) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> unfinished = Files.newDirectoryStream(folder, UNFINISHED + "*")) {
            for (Path file : unfinished) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** Writes a manifest whole or not at all. */
    void write(StoredName name, byte[] bytes) throws IOException {
        Path file = folder.resolve(name.path());
        Files.createDirectories(file.resolveSibling("."));
        Path written = folder.resolve(UNFINISHED + UUID.randomUUID());
        try {
            try (FileChannel out = FileChannel.open(written, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) {
                    out.write(buffer);
                }
                out.force(true);
            }
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(written);
        }
    }

    /** Removes a manifest, and the folders that are empty then. */
    void remove(StoredName name) throws IOException {
        Path file = folder.resolve(name.path());
        Files.deleteIfExists(file);
        Path parent = file.getParent();
        while (parent != null && !parent.equals(folder)) {
            try {
                Files.deleteIfExists(parent);
            } catch (DirectoryNotEmptyException e) {
                return;
            }
            parent = parent.getParent();
        }
    }

    private static Entry entry(StoredName name, Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(Manifest.MAX_BYTES);
            return new Entry(name, bytes, Files.getLastModifiedTime(file).toInstant());
        }
    }

    private static Optional<StoredName> name(Path path) {
        StoredName name = new StoredName(
                path.getName(0).toString(),
                path.getName(1).toString(),
                path.getName(2).toString(),
                path.getName(3).toString());
        String text = name.host() + "/" + name.namespace() + "/" + name.model() + ":" + name.tag();
        return StoredName.parse(text);
    }
}
