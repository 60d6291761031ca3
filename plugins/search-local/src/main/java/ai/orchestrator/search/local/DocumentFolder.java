package ai.orchestrator.search.local;

import ai.orchestrator.search.local.FoundFile.Stamp;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The operator's folder. Files and folders whose names begin with a dot are passed over, links to folders are not followed, and a link
 * to a file counts only if the file lies in the folder.
 */
final class DocumentFolder {
    private final Path folder;
    private final SizeLimits limits;

    DocumentFolder(Path folder, SizeLimits limits) {
        this.folder = folder;
        this.limits = limits;
    }

    /**
     * What a look through the folder found.
     *
     * @param files by name
     * @param leftOut names of files that cannot be used, each with the reason
     */
    record Scan(Map<String, FoundFile> files, Map<String, String> leftOut) {}

    /** The folder as a whole cannot be used; the message is for the operator. */
    static final class Missing extends Exception {
        private static final long serialVersionUID = 1L;

        Missing(String message) {
            super(message);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }

    /**
     * Looks through the folder.
     *
     * @param entered told each folder before what is in it is looked at
     */
    Scan scan(Consumer<Path> entered) throws Missing {
        Path root = root();
        Walk walk = new Walk(root, entered);
        try {
            Files.walkFileTree(root, walk);
        } catch (IOException e) {
            throw new Missing("The folder that setting 'folder' names cannot be read.");
        }
        walk.addLinkedFiles();
        return new Scan(walk.files, walk.leftOut);
    }

    /**
     * A file's content.
     *
     * @throws UnusableDocumentException if it is longer than allowed, or its path has become a link
     */
    byte[] read(FoundFile file) throws IOException, UnusableDocumentException {
        if (!file.path().equals(file.path().toRealPath())) {
            throw new UnusableDocumentException("is reached through a link");
        }
        try (InputStream in = Files.newInputStream(file.path(), LinkOption.NOFOLLOW_LINKS)) {
            int most = limits.of(file.type());
            byte[] content = in.readNBytes(most + 1);
            if (content.length > most) {
                throw new UnusableDocumentException(SizeLimits.exceeded(file.type()));
            }
            return content;
        }
    }

    private Path root() throws Missing {
        try {
            Path root = folder.toRealPath();
            if (!Files.isDirectory(root)) {
                throw new Missing("What setting 'folder' names is not a folder.");
            }
            return root;
        } catch (NoSuchFileException e) {
            throw new Missing("The folder that setting 'folder' names does not exist; it is read once it is created.");
        } catch (IOException e) {
            throw new Missing("The folder that setting 'folder' names cannot be read.");
        }
    }

    private final class Walk extends SimpleFileVisitor<Path> {
        private final Path root;
        private final Map<String, FoundFile> files = new TreeMap<>();
        private final Map<String, String> leftOut = new TreeMap<>();
        private final List<Path> links = new ArrayList<>();

        private final Consumer<Path> entered;

        Walk(Path root, Consumer<Path> entered) {
            this.root = root;
            this.entered = entered;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            if (!directory.equals(root) && isHidden(directory)) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            entered.accept(directory);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (isHidden(file) || DocumentType.of(file.getFileName().toString()).isEmpty()) {
                return FileVisitResult.CONTINUE;
            }
            if (attributes.isSymbolicLink()) {
                links.add(file);
            } else {
                add(file, file, attributes);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (file.equals(root)) {
                throw e;
            }
            leftOut.put(name(file), "cannot be read");
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) throws IOException {
            if (e != null) {
                visitFileFailed(directory, e);
            }
            return FileVisitResult.CONTINUE;
        }

        /** Adds the files that links lead to, unless they were met under their own names. */
        void addLinkedFiles() {
            for (Path link : links) {
                try {
                    Path target = link.toRealPath();
                    if (!target.startsWith(root)) {
                        leftOut.put(name(link), "links to a file outside the folder");
                    } else if (!files.containsKey(name(target))) {
                        add(link, target, Files.readAttributes(target, BasicFileAttributes.class));
                    }
                } catch (IOException e) {
                    leftOut.put(name(link), "is a link that leads nowhere");
                }
            }
        }

        private void add(Path named, Path file, BasicFileAttributes attributes) {
            if (!attributes.isRegularFile()) {
                return;
            }
            DocumentType type = DocumentType.of(named.getFileName().toString()).orElse(DocumentType.TEXT);
            if (attributes.size() > limits.of(type)) {
                leftOut.put(name(named), SizeLimits.exceeded(type));
                return;
            }
            Stamp stamp = new Stamp(attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS), attributes.size());
            files.put(name(named), new FoundFile(name(named), file, stamp));
        }

        private String name(Path path) {
            return root.relativize(path).toString().replace(path.getFileSystem().getSeparator(), "/");
        }

        private static boolean isHidden(Path path) {
            return path.getFileName().toString().startsWith(".");
        }
    }
}
