package ai.orchestrator.server.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/** A folder into which an archive is unpacked. Nothing of the archive comes to lie, or to point, outside it. */
final class UnpackedTree {
    static final int LONGEST_NAME = 4096;

    private static final int BUFFER = 1 << 16;

    private final Path root;
    private final Map<Path, String> links = new LinkedHashMap<>();
    private final int mostMembers;
    private long bytesLeft;
    private int members;

    UnpackedTree(Path root, long mostBytes, int mostMembers) {
        this.root = root.normalize();
        this.mostMembers = mostMembers;
        bytesLeft = mostBytes;
    }

    void folder(String name) throws IOException, EngineFailure {
        Files.createDirectories(place(name));
    }

    void file(String name, InputStream in, boolean executable) throws IOException, EngineFailure {
        Path file = place(name);
        Files.createDirectories(file.resolveSibling("."));
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                take(read);
                out.write(buffer, 0, read);
            }
        }
        if (executable && !file.toFile().setExecutable(true, false)) {
            throw new IOException("a program cannot be made executable");
        }
    }

    /** A hard link, which becomes a file of its own. */
    void copy(String name, String original) throws IOException, EngineFailure {
        Path from = place(original);
        Path to = place(name);
        if (!Files.isRegularFile(from)) {
            throw outside(name);
        }
        take(Files.size(from));
        Files.createDirectories(to.resolveSibling("."));
        Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
    }

    /** A symbolic link. It is made at the end, so that nothing is ever written through one. */
    void link(String name, String target) throws EngineFailure {
        links.put(place(name), target);
    }

    /** Makes the links; one that leads to nothing is left out. */
    void link() throws IOException, EngineFailure {
        for (Map.Entry<Path, String> link : links.entrySet()) {
            Path at = link.getKey();
            Path target = path(link.getValue());
            if (target.isAbsolute() || !at.resolveSibling(target).normalize().startsWith(root) || liesBehindALink(at)) {
                throw outside(root.relativize(at).toString());
            }
            Files.createDirectories(at.resolveSibling("."));
            Files.createSymbolicLink(at, target);
        }
        Path realRoot = root.toRealPath();
        for (Path link : links.keySet()) {
            if (!Files.exists(link)) {
                Files.delete(link);
            } else if (!link.toRealPath().startsWith(realRoot)) {
                throw outside(root.relativize(link).toString());
            }
        }
    }

    private boolean liesBehindALink(Path place) {
        Path folder = root;
        for (Path name : root.relativize(place)) {
            if (Files.isSymbolicLink(folder)) {
                return true;
            }
            folder = folder.resolve(name);
        }
        return false;
    }

    private Path place(String name) throws EngineFailure {
        members++;
        if (members > mostMembers) {
            throw new EngineFailure("the archive has more than " + mostMembers + " members");
        }
        Path path = path(name);
        Path place = root.resolve(path).normalize();
        if (path.isAbsolute() || !place.startsWith(root)) {
            throw outside(name);
        }
        return place;
    }

    private static Path path(String name) throws EngineFailure {
        try {
            if (name.length() < LONGEST_NAME && name.indexOf('\\') < 0) {
                return Path.of(name);
            }
        } catch (InvalidPathException e) {
            // refused below
        }
        throw new EngineFailure("the archive has a name in it that cannot be a file's");
    }

    private void take(long bytes) throws EngineFailure {
        bytesLeft -= bytes;
        if (bytesLeft < 0) {
            throw new EngineFailure("the archive holds more than an engine can need");
        }
    }

    private static EngineFailure outside(String name) {
        return new EngineFailure("the archive would reach outside its folder: " + name);
    }
}
