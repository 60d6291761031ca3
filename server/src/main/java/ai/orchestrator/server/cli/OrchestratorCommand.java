package ai.orchestrator.server.cli;

import ai.orchestrator.plugin.classify.ComplexityClassifier;
import ai.orchestrator.plugin.search.SearchEngine;
import ai.orchestrator.plugin.search.TextEmbedder;
import ai.orchestrator.server.classify.ClassifierDesk;
import ai.orchestrator.server.config.OrchestratorConfig;
import ai.orchestrator.server.orchestration.CacheArchive;
import ai.orchestrator.server.orchestration.ModelCatalog;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program {@code orchestrator}. */
public final class OrchestratorCommand {
    private OrchestratorCommand() {}

    /** What {@code serve} runs. */
    @FunctionalInterface
    public interface Server {
        /**
         * Starts the server, logs the configuration's notices, and returns when the server has stopped.
         *
         * @param home the folder that holds {@code config}, {@code plugins}, {@code models} and {@code data}
         * @throws Exception if it does not start; a {@code ConfigException}, a {@code PluginStartException} and an {@code IOException} are
         *     told to the operator in their own words, anything else as a fault of the program
         */
        void serve(OrchestratorConfig config, Path home) throws Exception;
    }

    /** What {@code config check} looks at beside {@code orchestrator.yaml}. */
    @FunctionalInterface
    public interface Check {
        /**
         * Checks the files that the configuration names, and the plugins.
         *
         * @throws Exception if one does not hold, as for {@link Server#serve}
         */
        void check(OrchestratorConfig config, Path home) throws Exception;
    }

    /** Opens what {@code cache} works on where no server runs. */
    @FunctionalInterface
    public interface ArchiveOpener {
        /**
         * Opens the cache's tiers and nothing else.
         *
         * @throws Exception if that is not possible, as for {@link Server#serve}
         */
        OpenArchive open(OrchestratorConfig config, Path home) throws Exception;
    }

    /** Opens what {@code routes test} tries rules with. */
    @FunctionalInterface
    public interface RoutingOpener {
        /**
         * Opens the classifier and the models' providers and nothing else.
         *
         * @throws Exception if that is not possible, as for {@link Server#serve}
         */
        OpenRouting open(OrchestratorConfig config, Path home) throws Exception;
    }

    /** Opens what {@code classifier} works on. */
    @FunctionalInterface
    public interface ClassifierOpener {
        /**
         * Opens the classifier and what embeds for it and nothing else.
         *
         * @throws Exception if that is not possible, as for {@link Server#serve}
         */
        OpenClassifier open(OrchestratorConfig config, Path home) throws Exception;
    }

    /** Opens what {@code search evaluate} works on. */
    @FunctionalInterface
    public interface SearchOpener {
        /**
         * Opens an engine over the folder {@code documents} in a scratch folder, and what embeds for it, and nothing else.
         *
         * @throws Exception if that is not possible, as for {@link Server#serve}
         */
        OpenSearch open(OrchestratorConfig config, Path home, Path scratch) throws Exception;
    }

    /**
     * An engine to measure, and how to close it.
     *
     * @param embedder of queries and results, where there is one
     * @param documentEmbedder of documents
     */
    public record OpenSearch(
            SearchEngine engine,
            Optional<TextEmbedder> embedder,
            Optional<TextEmbedder> documentEmbedder,
            Runnable closing)
            implements AutoCloseable {
        @Override
        public void close() {
            closing.run();
        }
    }

    /** A classifier to work on, and how to close it. */
    public record OpenClassifier(ClassifierDesk desk, Runnable closing) implements AutoCloseable {
        @Override
        public void close() {
            closing.run();
        }
    }

    /** A classifier and a catalog, and how to close them. */
    public record OpenRouting(ComplexityClassifier classifier, ModelCatalog catalog, Runnable closing)
            implements AutoCloseable {
        @Override
        public void close() {
            closing.run();
        }
    }

    /** An archive, and how to close it. */
    public record OpenArchive(CacheArchive archive, Runnable closing) implements AutoCloseable {
        @Override
        public void close() {
            closing.run();
        }
    }

    /**
     * Runs one command.
     *
     * @return 0 when it is done, 1 when it failed or what it checks does not hold, 2 when it was used wrongly
     */
    public static int run(
            String[] args,
            Map<String, String> environment,
            PrintStream out,
            PrintStream err,
            Server server,
            Check check,
            ArchiveOpener archives,
            RoutingOpener routing,
            ClassifierOpener classifier,
            SearchOpener search) {
        Terminal terminal = new Terminal(out, err);
        Surroundings surroundings = new Surroundings(environment, terminal);
        CommandLine line = new CommandLine(new RootCommand(terminal))
                .addSubcommand(new ServeCommand(surroundings, server))
                .addSubcommand(new DownloadCommand(surroundings))
                .addSubcommand(new EngineCommand(surroundings))
                .addSubcommand(new CacheCommand(surroundings, archives))
                .addSubcommand(new RoutesCommand(surroundings, routing))
                .addSubcommand(new FeedbackCommand(surroundings))
                .addSubcommand(new ClassifierCommand(surroundings, classifier))
                .addSubcommand(new SearchCommand(surroundings, search))
                .addSubcommand(new ConfigCommand(surroundings, check));
        line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .setParameterExceptionHandler((misuse, given) -> misused(misuse, given, terminal))
                .setExecutionExceptionHandler((failure, command, parsed) -> Failures.report(failure, terminal));
        return line.execute(args);
    }

    private static int misused(ParameterException misuse, String[] args, Terminal terminal) {
        if (Arrays.asList(args).contains("--json")) {
            terminal.json(true); // the parser may not have come so far
        }
        terminal.failed(String.valueOf(misuse.getMessage()));
        PrintWriter err = terminal.err();
        UnmatchedArgumentException.printSuggestions(misuse, err);
        misuse.getCommandLine().usage(err);
        return CommandLine.ExitCode.USAGE;
    }
}
