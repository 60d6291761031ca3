package ai.orchestrator.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Shows results as a table in Markdown, and keeps them as JSON. */
record Report(Setup setup, List<Result> results) {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    Report {
        results = List.copyOf(results);
    }

    String table() {
        StringBuilder table = new StringBuilder("""
                | Scenario | Subject | Median | Least to most | Ratio | Budget | Kept |
                |---|---|---|---|---|---|---|
                """);
        for (Result result : results) {
            Samples samples = result.samples();
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %.1f %s | %.1f to %.1f | %s | %s | %s |%n",
                    result.scenario(),
                    result.subject(),
                    samples.median(),
                    result.unit(),
                    samples.min(),
                    samples.max(),
                    result.ratio().isPresent()
                            ? String.format(Locale.ROOT, "%.3f", result.ratio().getAsDouble())
                            : "",
                    result.budget().map(Result.Budget::text).orElse(""),
                    result.met().map(met -> met ? "yes" : "no").orElse("")));
        }
        return table.toString();
    }

    void writeJson(Path file) throws IOException {
        ObjectNode root = JSON.createObjectNode().put("date", Instant.now().toString());
        root.putObject("machine")
                .put("cpu", cpu())
                .put("processors", Runtime.getRuntime().availableProcessors())
                .put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"))
                .put("java", Runtime.version().toString());
        root.putObject("setup")
                .put("model", String.valueOf(setup.model().getFileName()))
                .put("threads", setup.threads())
                .put("warm_up", setup.warmUp())
                .put("runs", setup.runs())
                .put("tokens", setup.tokens());
        ArrayNode array = root.putArray("results");
        results.forEach(result -> write(result, array.addObject()));
        JSON.writeValue(file.toFile(), root);
    }

    /** Whether every budget is kept. */
    boolean allMet() {
        return results.stream().allMatch(result -> result.met().orElse(true));
    }

    private static void write(Result result, ObjectNode node) {
        node.put("scenario", result.scenario())
                .put("subject", result.subject())
                .put("unit", result.unit())
                .put("median", result.samples().median());
        result.samples().values().forEach(node.putArray("samples")::add);
        result.ratio().ifPresent(ratio -> node.put("ratio", ratio));
        result.budget().ifPresent(budget -> node.put("budget", budget.text()));
        result.met().ifPresent(met -> node.put("kept", met));
    }

    private static String cpu() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }
}
