package ai.orchestrator.server.download;

import ai.orchestrator.server.config.DownloadConfig.Sdist;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Gets the source archive of a Python package. */
final class SdistSource {
    private static final int BUFFER = 1 << 16;

    private final Pip pip;
    private final PipFolder folder;

    SdistSource(Pip pip, PipFolder folder) {
        this.pip = pip;
        this.folder = folder;
    }

    /** Puts the archive into {@code part}. */
    void fetch(Sdist sdist, PartFile part) throws SourceFailure, InterruptedException {
        String sha256 = part.expected()
                .sha256()
                .orElseThrow(() -> new SourceFailure("no 'sha256' is configured, which the source of a package needs"));
        folder.with(at -> copy(pip.sdist(sdist.requirement(), sha256, at), part));
    }

    private static void copy(Path archive, PartFile part) throws IOException, SourceFailure {
        part.restart();
        try (InputStream in = Files.newInputStream(archive)) {
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                part.append(buffer, read);
            }
        }
    }
}
