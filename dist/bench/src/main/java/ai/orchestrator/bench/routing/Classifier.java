package ai.orchestrator.bench.routing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The product's command line, in a home folder of its own. */
final class Classifier {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path tree;
    private final Path home;

    /**
     * Makes the home folder.
     *
     * @param settings of the classifier, as YAML within braces
     */
    Classifier(Path tree, Path home, String settings) throws IOException {
        this.tree = tree;
        this.home = Files.createDirectories(home);
        Files.createDirectories(home.resolve("config"));
        Files.copy(tree.resolve("config/routes.yaml"), home.resolve("config/routes.yaml"));
        Files.writeString(home.resolve("config/orchestrator.yaml"), """
                embeddings: [{kind: minilm}]
                classifier: {%s}
                plugins: {folder: %s}
                """.formatted(
                        settings, tree.resolve("plugins").toAbsolutePath()));
    }

    void train(Path table) throws IOException, InterruptedException {
        run("train", table.toString());
    }

    JsonNode evaluate(Path table) throws IOException, InterruptedException {
        return run("evaluate", table.toString());
    }

    private JsonNode run(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(tree.resolve("bin/orchestrator").toString(), "classifier"));
        command.addAll(List.of(arguments));
        command.add("--json");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("ORCHESTRATOR_HOME", home.toAbsolutePath().toString());
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("orchestrator " + String.join(" ", command.subList(1, command.size())) + ": " + out);
        }
        return JSON.readTree(out);
    }
}
