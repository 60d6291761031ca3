package ai.orchestrator.model.llamacpp;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private static final long SECONDS = 30;
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
        return binary.isPresent() ? Optional.of(tried(binary.get())) : Optional.empty();
    }

    private static Stream<Path> onPath() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.of(path.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, NAME));
    }

    private static ServerBinary tried(Path binary) throws UnfitException {
        String version = version(run(binary, "--version"));
        String help = run(binary, "--help");
        if (!help.contains(".sock")) {
            throw new UnfitException(NAME + " " + version + " is too old: it cannot listen on a Unix socket");
        }
        return new ServerBinary(binary, version, help);
    }

    private static String run(Path binary, String argument) throws UnfitException {
        try {
            ProcessBuilder builder = new ProcessBuilder(binary.toString(), argument).redirectErrorStream(true);
            ServerCommand.environment(builder, binary);
            Process process = builder.start();
            try {
                process.getOutputStream().close();
                String said = new String(process.getInputStream().readNBytes(1 << 20), StandardCharsets.UTF_8);
                if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                    throw new UnfitException(NAME + " cannot be started on this machine");
                }
                return said;
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UnfitException(NAME + " cannot be started on this machine");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnfitException(NAME + " could not be tried");
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
