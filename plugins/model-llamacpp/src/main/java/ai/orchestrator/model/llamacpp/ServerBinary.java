package ai.orchestrator.model.llamacpp;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A {@code llama-server} that starts.
 *
 * @param path of the binary
 * @param version such as {@code b6100}
 * @param help what it says that it can be told
 */
record ServerBinary(Path path, String version, String help) {
    static final String NAME = "llama-server";

    /** How long it may take to say what it is. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static final Pattern VERSION =
            Pattern.compile("version:\\s*(\\S+)\\s+\\((?:build (\\d+), commit )?([0-9a-f]+)\\)");

    /** A binary is there and cannot be used. The message is a clause without folders of this machine. */
    static final class UnfitException extends Exception {
        private static final long serialVersionUID = 1L;

        UnfitException(String message) {
            super(message);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }

    /**
     * The binary that the settings name, else the one that is installed with us, else one on the path.
     *
     * @throws UnfitException if the first of these cannot be used
     */
    static Optional<ServerBinary> find(ServerSettings settings) throws UnfitException {
        Optional<Path> named = settings.binary();
        if (named.isPresent() && !Files.isRegularFile(named.get())) {
            throw new UnfitException("the " + NAME + " that the settings name is not there");
        }
        Optional<Path> binary = named.or(() -> Stream.concat(Stream.of(settings.installed()), onPath())
                .filter(Files::isExecutable)
                .filter(Files::isRegularFile)
                .findFirst());
        return binary.isPresent() ? Optional.of(tried(binary.get(), LIMIT)) : Optional.empty();
    }

    private static Stream<Path> onPath() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.of(path.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, NAME));
    }

    /** Asks a binary what it is and what it can do. */
    static ServerBinary tried(Path binary, Duration limit) throws UnfitException {
        String version = version(run(binary, "--version", limit));
        String help = run(binary, "--help", limit);
        if (!help.contains(".sock")) {
            throw new UnfitException(NAME + " " + version + " is too old: it cannot listen on a Unix socket");
        }
        return new ServerBinary(binary, version, help);
    }

    /** What it says goes to a file: a pipe could be held open for ever, by it or by what it starts. */
    private static String run(Path binary, String argument, Duration limit) throws UnfitException {
        Path said;
        try {
            said = Files.createTempFile("llamacpp-engine", ".txt");
        } catch (IOException e) {
            throw new UnfitException(NAME + " could not be tried: no temporary file can be made");
        }
        try {
            return run(binary, argument, limit, said);
        } catch (IOException e) {
            throw new UnfitException(NAME + " cannot be started on this machine");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnfitException(NAME + " could not be tried");
        } finally {
            said.toFile().delete();
        }
    }

    private static String run(Path binary, String argument, Duration limit, Path said)
            throws IOException, InterruptedException, UnfitException {
        ProcessBuilder builder = new ProcessBuilder(binary.toString(), argument)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        ServerCommand.environment(builder, binary);
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new UnfitException(NAME + " does not say within " + limit.toMillis() + " ms what it is");
            }
            if (process.exitValue() != 0) {
                throw new UnfitException(NAME + " cannot be started on this machine");
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        try (InputStream in = Files.newInputStream(said)) {
            return new String(in.readNBytes(1 << 20), StandardCharsets.UTF_8);
        }
    }

    /** A build's number where it has one, as releases have; else the version and where its source stood. */
    static String version(String said) {
        Matcher told = VERSION.matcher(said);
        if (!told.find()) {
            return "of unknown version";
        }
        String first = told.group(1);
        Optional<String> build = Optional.ofNullable(told.group(2)).filter(number -> number.length() > 2);
        if (build.isPresent()) {
            return "b" + build.get();
        }
        return first.matches("\\d{3,}") ? "b" + first : first + "-" + told.group(3);
    }

    /** Whether it knows an option. */
    boolean takes(String option) {
        return Pattern.compile("(?<![\\w-])" + Pattern.quote(option) + "(?![\\w-])")
                .matcher(help)
                .find();
    }
}
