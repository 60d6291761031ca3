package ai.orchestrator.model.llamacpp;

import ai.orchestrator.model.llamacpp.worker.WorkerMain;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.json.JsonMapper;
import de.kherud.llama.LlamaModel;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How a worker's JVM is started: the same Java, with this plugin's own jars and nothing else of the server's. */
final class WorkerCommand {
    /** One class of each jar that a worker needs; naming a class does not run its code. */
    private static final List<Class<?>> NEEDED =
            List.of(WorkerMain.class, LlamaModel.class, JsonMapper.class, JsonFactory.class, JsonTypeInfo.class);

    /** What a worker may see of the environment: none of the server's secrets. */
    private static final List<String> ENVIRONMENT = List.of(
            "PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT", "HOME", "LANG", "LC_ALL", "TMPDIR", "TEMP");

    private static final List<String> ENVIRONMENT_PREFIXES = List.of("OMP_", "GGML_", "LLAMA_", "CUDA_");

    private final List<String> javaOptions;

    /** @param javaOptions further options of the operator's */
    WorkerCommand(List<String> javaOptions) {
        this.javaOptions = List.copyOf(javaOptions);
    }

    /** A process to be started, which keeps what it unpacks in {@code folder}. */
    ProcessBuilder process(Path folder, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=" + folder.resolve("crash.log"),
                "--enable-native-access=ALL-UNNAMED",
                "-Dde.kherud.llama.tmpdir=" + folder));
        command.addAll(javaOptions);
        command.addAll(List.of("-cp", classPath(), WorkerMain.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> !isPassedOn(name.toUpperCase(Locale.ROOT)));
        // no debugger is wanted at the death of a worker
        builder.environment().put("GGML_NO_BACKTRACE", "1");
        return builder;
    }

    private static boolean isPassedOn(String name) {
        return ENVIRONMENT.contains(name) || ENVIRONMENT_PREFIXES.stream().anyMatch(name::startsWith);
    }

    private static String classPath() {
        return NEEDED.stream()
                .flatMap(WorkerCommand::source)
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Stream<String> source(Class<?> needed) {
        CodeSource source = needed.getProtectionDomain().getCodeSource();
        if (source == null) {
            return Stream.empty();
        }
        try {
            return Stream.of(Path.of(source.getLocation().toURI()).toString());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a class path entry is no file: " + needed.getName(), e);
        }
    }
}
