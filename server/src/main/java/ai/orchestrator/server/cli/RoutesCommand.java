package ai.orchestrator.server.cli;

import ai.orchestrator.server.cli.OrchestratorCommand.OpenRouting;
import ai.orchestrator.server.cli.OrchestratorCommand.RoutingOpener;
import ai.orchestrator.server.config.ConfigException;
import ai.orchestrator.server.config.ListenAddress;
import ai.orchestrator.server.config.OrchestratorConfig;
import ai.orchestrator.server.cost.RouteBudget;
import ai.orchestrator.server.routing.InvalidRoutesException;
import ai.orchestrator.server.routing.YamlRoutingRules;
import ai.orchestrator.server.trial.QueryFile;
import ai.orchestrator.server.trial.QueryFile.BadFileException;
import ai.orchestrator.server.trial.QueryFile.Query;
import ai.orchestrator.server.trial.RouteTrial;
import ai.orchestrator.server.trial.TrialReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "routes", description = "Try routing rules before they are used.")
final class RoutesCommand {
    private final Surroundings surroundings;
    private final RoutingOpener opener;

    RoutesCommand(Surroundings surroundings, RoutingOpener opener) {
        this.surroundings = surroundings;
        this.opener = opener;
    }

    @Command(
            name = "test",
            description =
                    "Show by which route and model each query of a file would be answered; nothing is asked of any model.",
            footer = {
                "",
                "A line of the file is a question for 'auto', or a JSON object as POST /api/analyze takes it, with 'headers' and 'api_key' (a tenant).",
                "Costs are estimates: four characters a token, and an answer of 400 tokens unless the query sets a limit below that."
            })
    int test(
            @Parameters(paramLabel = "QUERIES", description = "A file with one query a line.") Path queries,
            @Option(
                            names = "--rules",
                            paramLabel = "CANDIDATE",
                            description = "Another file of rules: what would change with it?")
                    Optional<Path> candidate)
            throws Exception {
        OrchestratorConfig config = surroundings.config(ListenAddress.NONE);
        YamlRoutingRules present = rules(surroundings.home().resolve("config").resolve(config.routes()));
        Optional<YamlRoutingRules> other = candidate.map(this::rules);
        List<Query> read;
        try {
            read = QueryFile.read(queries);
        } catch (BadFileException e) {
            return surroundings.terminal().failed(String.valueOf(e.getMessage()));
        }
        try (OpenRouting open = opener.open(config, surroundings.home())) {
            RouteTrial trial = new RouteTrial(open.classifier(), open.catalog(), new RouteBudget(config.money()));
            TrialReport report = other.map(rules ->
                            new TrialReport(trial.run(read, List.of(present, rules)), List.of("before", "after")))
                    .orElseGet(() -> new TrialReport(trial.run(read, List.of(present)), List.of("now")));
            return surroundings.terminal().done(report.text(), report.json());
        }
    }

    private YamlRoutingRules rules(Path file) {
        try {
            return YamlRoutingRules.load(file, surroundings.environment());
        } catch (InvalidRoutesException e) {
            throw new ConfigException(String.join(System.lineSeparator(), e.problems()));
        }
    }
}
