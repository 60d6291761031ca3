package ai.orchestrator.bench.run;

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
public record Report(Setup setup, List<Measured> measured) {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    public Report {
        measured = List.copyOf(measured);
    }

    /** The table, and the notes below it. */
    public String table() {
        StringBuilder table = new StringBuilder("""
                | Scenario | Subject | Median | Least to most | Ratio | Budget | Kept |
                |---|---|---|---|---|---|---|
                """);
        results().forEach(result -> table.append(line(result)));
        notes().forEach(note -> table.append('\n').append(note).append('\n'));
        return table.toString();
    }

    /** Keeps everything, every sample too. */
    public void writeJson(Path file) throws IOException {
        ObjectNode root = JSON.createObjectNode().put("date", Instant.now().toString());
        root.putObject("machine")
                .put("cpu", cpu())
                .put("processors", Runtime.getRuntime().availableProcessors())
                .put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"))
                .put("java", Runtime.version().toString());
        root.putObject("setup")
                .put("model", String.valueOf(setup.model().getFileName()))
                .put("threads", setup.writing().threads())
                .put("warm_up", setup.writing().warmUp())
                .put("runs", setup.writing().runs())
                .put("tokens", setup.writing().tokens())
                .put("rounds", setup.loading().rounds())
                .put("seconds", setup.loading().length().toMillis() / 1e3);
        ArrayNode array = root.putArray("results");
        results().forEach(result -> write(result, array.addObject()));
        notes().forEach(root.putArray("notes")::add);
        JSON.writeValue(file.toFile(), root);
    }

    /** Whether every budget is kept. */
    public boolean allMet() {
        return results().stream().allMatch(result -> result.met().orElse(true));
    }

    private List<Result> results() {
        return measured.stream().flatMap(each -> each.results().stream()).toList();
    }

    private List<String> notes() {
        return measured.stream()
                .flatMap(each -> each.notes().stream())
                .distinct()
                .toList();
    }

    private static String line(Result result) {
        Samples samples = result.samples();
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s %s | %s to %s | %s | %s | %s |%n",
                result.scenario(),
                result.subject(),
                Figure.of(samples.median()),
                result.unit(),
                Figure.of(samples.min()),
                Figure.of(samples.max()),
                result.ratio().isPresent()
                        ? String.format(Locale.ROOT, "%.3f", result.ratio().getAsDouble())
                        : "",
                result.budget().map(Result.Budget::text).orElse(""),
                result.met().map(met -> met ? "yes" : "no").orElse(""));
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
