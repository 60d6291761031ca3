package ai.orchestrator.server.engine;

import ai.orchestrator.server.config.EngineConfig;
import ai.orchestrator.server.config.EngineConfig.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes an engine's folder from what was downloaded. */
final class EngineMaker {
    private static final Unpacker UNPACKER = new Unpacker(4L << 30, 200_000);
    private static final long BUILD_BYTES = 700L << 20;
    private static final int DEEPEST = 6;
    private static final String LICENSE = "LICENSE";

    private final Path work;
    private final Map<String, String> environment;
    private final int jobs;
    private final EngineProgress progress;

    /** @param work the folder in which it works, and in which it looks for what it was interrupted in */
    EngineMaker(Path work, Map<String, String> environment, int jobs, EngineProgress progress) {
        this.work = work;
        this.environment = environment;
        this.jobs = jobs;
        this.progress = progress;
    }

    /** Whether it could make one, to be known before much is downloaded. */
    void check(EngineConfig config) throws IOException, EngineFailure {
        if (config.origin() == Origin.ARCHIVE) {
            return;
        }
        BuildTools.find(environment);
        long free = Files.getFileStore(work).getUsableSpace();
        if (free < BUILD_BYTES) {
            throw new EngineFailure("building the engine takes " + (BUILD_BYTES >> 20) + " MB, and the disk has "
                    + (free >> 20) + " MB free");
        }
    }

    /** @param engine an empty folder */
    void make(EngineConfig config, Path archive, Path engine) throws IOException, EngineFailure, InterruptedException {
        switch (config.origin()) {
            case ARCHIVE -> arrange(archive, engine);
            case SOURCE -> build(archive, engine);
        }
    }

    private void arrange(Path archive, Path engine) throws IOException, EngineFailure {
        progress.step("unpacking");
        Path unpacked = engine.resolve("unpacked");
        UNPACKER.unpack(archive, Files.createDirectory(unpacked));
        Path program = find(unpacked, Path.of("llama-server"))
                .orElseThrow(() -> new EngineFailure("the archive has no llama-server in it"));
        if (!program.toFile().setExecutable(true, false)) {
            throw new EngineFailure("the archive's llama-server cannot be made executable");
        }
        Path programs = program.resolveSibling(".").normalize();
        // libraries may lie in the same folder, or in one beside a folder 'bin'
        if (programs.endsWith("bin")) {
            move(programs.resolveSibling("."), engine);
        } else {
            Files.move(programs, engine.resolve("bin"));
        }
        FileTree.delete(unpacked);
    }

    private static void move(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.move(file, to.resolve(file.getFileName()));
            }
        }
    }

    private void build(Path archive, Path engine) throws IOException, EngineFailure, InterruptedException {
        String name = String.valueOf(archive.getFileName());
        Path source = work.resolve(name + ".source");
        if (!Files.exists(source)) {
            progress.step("unpacking the source");
            Path part = work.resolve(name + ".source.part");
            FileTree.delete(part);
            UNPACKER.unpack(archive, Files.createDirectory(part));
            Files.move(part, source, StandardCopyOption.ATOMIC_MOVE);
        }
        Path server = find(source, Path.of("tools", "server", "CMakeLists.txt"))
                .orElseThrow(() -> new EngineFailure("the source has no llama-server in it"));
        Path project = server.resolve("../../..").normalize();
        Path programs = new CMakeBuild(BuildTools.find(environment), work, progress)
                .run(project, work.resolve(name + ".build"), jobs);
        Path bin = Files.createDirectory(engine.resolve("bin"));
        for (String program : List.of("llama-server", "llama-quantize")) {
            Files.copy(programs.resolve(program), bin.resolve(program), StandardCopyOption.COPY_ATTRIBUTES);
        }
        if (Files.exists(project.resolve(LICENSE))) {
            Files.copy(project.resolve(LICENSE), engine.resolve(LICENSE));
        }
    }

    private static Optional<Path> find(Path root, Path end) throws IOException {
        try (Stream<Path> files =
                Files.find(root, DEEPEST, (file, attributes) -> attributes.isRegularFile() && file.endsWith(end))) {
            return files.min((a, b) -> a.getNameCount() - b.getNameCount());
        }
    }
}
