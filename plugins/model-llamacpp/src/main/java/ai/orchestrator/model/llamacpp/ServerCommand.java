package ai.orchestrator.model.llamacpp;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How {@code llama-server} is started. */
final class ServerCommand {
    /** Within the process's folder. */
    static final String SOCKET = "llama.sock";

    /** Within the process's folder: the server's process. */
    static final String PID = "pid";

    /**
     * Runs a program that ends when standard input does, however its other end ends. The folder is removed last; its path comes first.
     *
     * <p>The shell waits for both: a watcher that reads, and the program. It gives the program's end as its own.
     */
    private static final String LIFELINE = """
            folder=$1; shift
            exec 3<&0
            "$@" </dev/null 3<&- &
            program=$!
            echo $program > "$folder/pid.new" && mv "$folder/pid.new" "$folder/pid"
            (read -r line <&3; kill -9 $program 2>/dev/null) >/dev/null 2>&1 &
            watcher=$!
            wait $program
            code=$?
            kill -9 $watcher 2>/dev/null
            rm -rf "$folder"
            exit $code
            """;

    /** Tokens of prompts between two looks at who has left and who else waits; what it computes at once is not larger by its own choice. */
    private static final String STEP = "512";

    private static final List<String> ENVIRONMENT = List.of("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR");
    private static final List<String> ENVIRONMENT_PREFIXES =
            List.of("OMP_", "GOMP_", "GGML_", "CUDA_", "HIP_", "ROCR_", "VK_");

    /**
     * How long a thread of GNU's OpenMP spins while it waits for another before it sleeps. With its own choice two threads on two cores fell from
     * 100 tokens/s to 1 as soon as two other programs wanted the cores; with less than this they lost a twentieth on idle ones.
     */
    private static final String SPINS = "10000";

    private final LlamaCppSettings settings;
    private final ServerBinary binary;

    ServerCommand(LlamaCppSettings settings, ServerBinary binary) {
        this.settings = settings;
        this.binary = binary;
    }

    /** A server to be started for a model. */
    ProcessBuilder process(Path folder, ModelFile model, int context, Optional<Path> template) {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", LIFELINE, "llama-server", folder.toString()));
        command.add(binary.path().toString());
        command.addAll(arguments(folder, model, context, template));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        environment(builder, binary.path());
        return builder;
    }

    private List<String> arguments(Path folder, ModelFile model, int context, Optional<Path> template) {
        List<String> arguments = new ArrayList<>(List.of(
                "--host",
                folder.resolve(SOCKET).toString(),
                "--model",
                model.path().toAbsolutePath().toString(),
                "--threads",
                Integer.toString(settings.threads()),
                "--threads-batch",
                Integer.toString(settings.threads()),
                "--n-gpu-layers",
                "0",
                "--no-webui"));
        if (model.facts().embeds()) {
            // a text is embedded in one step, so a step has to hold the longest
            String length = Integer.toString(context);
            arguments.addAll(List.of("--embeddings", "--parallel", "1", "--ctx-size", length));
            arguments.addAll(List.of("--batch-size", length, "--ubatch-size", length));
        } else {
            int parallel = settings.parallel();
            arguments.addAll(List.of("--jinja", "--parallel", Integer.toString(parallel)));
            arguments.addAll(List.of("--ctx-size", Integer.toString(Math.multiplyExact(context, parallel))));
            if (model.projector().isEmpty()) {
                // an image has to fit into a step
                arguments.addAll(List.of("--batch-size", STEP));
            }
            template.ifPresent(file -> arguments.addAll(List.of("--chat-template-file", file.toString())));
            add(arguments, "--context-shift");
        }
        model.adapters()
                .forEach(file -> arguments.addAll(List.of("--lora", file.path().toString())));
        model.projector()
                .ifPresent(
                        file -> arguments.addAll(List.of("--mmproj", file.path().toString())));
        add(arguments, "--offline");
        add(arguments, "--fit", "off");
        add(arguments, "--cache-ram", "512");
        arguments.addAll(settings.server().args());
        return arguments;
    }

    private void add(List<String> arguments, String option, String... value) {
        if (binary.takes(option)) {
            arguments.add(option);
            arguments.addAll(List.of(value));
        }
    }

    /** Leaves only what a server may see, none of our secrets, and has it find the libraries that lie beside it. */
    static void environment(ProcessBuilder builder, Path binary) {
        Map<String, String> environment = builder.environment();
        String libraries =
                Optional.ofNullable(environment.get("LD_LIBRARY_PATH")).orElse("");
        environment.keySet().removeIf(name -> !isPassedOn(name.toUpperCase(Locale.ROOT)));
        Path folder = Optional.ofNullable(binary.toAbsolutePath().getParent()).orElse(binary.toAbsolutePath());
        String own = folder + File.pathSeparator + folder.resolveSibling("lib");
        environment.put("LD_LIBRARY_PATH", libraries.isEmpty() ? own : own + File.pathSeparator + libraries);
        environment.put("GGML_NO_BACKTRACE", "1");
        if (!environment.containsKey("OMP_WAIT_POLICY")) {
            environment.putIfAbsent("GOMP_SPINCOUNT", SPINS);
        }
    }

    private static boolean isPassedOn(String name) {
        return ENVIRONMENT.contains(name) || ENVIRONMENT_PREFIXES.stream().anyMatch(name::startsWith);
    }
}
