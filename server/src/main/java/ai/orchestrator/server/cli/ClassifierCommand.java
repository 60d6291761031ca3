package ai.orchestrator.server.cli;

import ai.orchestrator.server.classify.BadOutcomesException;
import ai.orchestrator.server.classify.ClassifierDesk;
import ai.orchestrator.server.classify.ClassifierDesk.Moved;
import ai.orchestrator.server.classify.Evaluation;
import ai.orchestrator.server.classify.OutcomeFile;
import ai.orchestrator.server.classify.OutcomeFile.Outcomes;
import ai.orchestrator.server.classify.Pace;
import ai.orchestrator.server.cli.OrchestratorCommand.ClassifierOpener;
import ai.orchestrator.server.cli.OrchestratorCommand.OpenClassifier;
import ai.orchestrator.server.config.ListenAddress;
import ai.orchestrator.server.config.OrchestratorConfig;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "classifier",
        description =
                "Train what tells hard questions from easy ones, score it, and set how much goes to the large model.",
        footer = {
            "",
            "FILE is a table of tab-separated values, packed with gzip or not: the first line names the columns, of which 'prompt',",
            "'weak_correct' and 'strong_correct' (0, 1, or nothing where it is not known) are used. A server that runs meanwhile takes over",
            "a new model or threshold within seconds."
        })
final class ClassifierCommand {
    private static final String FILE = "FILE";

    private final Surroundings surroundings;
    private final ClassifierOpener opener;

    @Spec
    private CommandSpec spec = CommandSpec.create(); // the parser puts its own here

    ClassifierCommand(Surroundings surroundings, ClassifierOpener opener) {
        this.surroundings = surroundings;
        this.opener = opener;
    }

    @FunctionalInterface
    private interface Work {
        int at(ClassifierDesk desk, ClassifierDesk.Progress progress);
    }

    @Command(name = "train", description = "Learn from outcomes; what was learnt takes the place of the model in use.")
    int train(
            @Parameters(paramLabel = FILE, description = "Outcomes.") Path file,
            @Option(
                            names = "--source",
                            paramLabel = "TEXT",
                            description =
                                    "What the outcomes are from and whose they are, kept with the model; by default the file's name.")
                    Optional<String> source)
            throws Exception {
        Outcomes read;
        try {
            read = OutcomeFile.read(file);
        } catch (BadOutcomesException e) {
            return surroundings.terminal().failed(String.valueOf(e.getMessage()));
        }
        return with((desk, progress) -> {
            desk.train(read.outcomes(), source.orElse(String.valueOf(file.getFileName())), progress);
            ObjectNode json = counts(read);
            ObjectNode model = json.putObject("model");
            desk.card().forEach(model::put);
            return surroundings
                    .terminal()
                    .done(
                            "learnt from " + read.outcomes().size() + " outcomes in " + file + leftOut(read)
                                    + System.lineSeparator() + lines(desk.card()),
                            json);
        });
    }

    @Command(
            name = "evaluate",
            description = "Score the model in use on outcomes that it did not learn from.",
            footer = {
                "",
                "apgr: how much of what the large model is better by is had, over all shares of calls that it may get; 0.5 is chance.",
                "cpt50, cpt80: the smallest share of calls at which 50%, 80% of that is had. cpt95q: at which the answers are 95% as good."
            })
    int evaluate(@Parameters(paramLabel = FILE, description = "Outcomes.") Path file) throws Exception {
        Outcomes read;
        try {
            read = OutcomeFile.read(file);
        } catch (BadOutcomesException e) {
            return surroundings.terminal().failed(String.valueOf(e.getMessage()));
        }
        return with((desk, progress) -> {
            Evaluation evaluation = desk.evaluate(read.outcomes(), progress);
            Pace decision = desk.pace(read.outcomes());
            if (evaluation.curve().apgr().isEmpty()) {
                surroundings
                        .terminal()
                        .note(
                                "the large model did no better than the small one in these outcomes: there is nothing to recover");
            }
            return surroundings
                    .terminal()
                    .done(
                            EvaluationText.of(evaluation, decision) + leftOut(read),
                            EvaluationText.json(evaluation, decision)
                                    .put("unknown", read.unknown())
                                    .put("contaminated", read.contaminated()));
        });
    }

    @Command(
            name = "calibrate",
            description = "Set the threshold so that a wanted share of prompts goes to the large model.",
            footer = {
                "",
                "Only the column 'prompt' is needed. A threshold in orchestrator.yaml ('classifier.high_above') wins."
            })
    int calibrate(
            @Option(
                            names = "--cloud-share",
                            required = true,
                            paramLabel = "SHARE",
                            description = "The wanted share, 0 to 1.")
                    double share,
            @Parameters(paramLabel = FILE, description = "Prompts as yours are.") Path file)
            throws Exception {
        if (!(share >= 0 && share <= 1)) {
            throw new ParameterException(
                    spec.commandLine(), "Invalid value for option '--cloud-share': expected 0 to 1, found " + share);
        }
        List<String> prompts;
        try {
            prompts = OutcomeFile.prompts(file);
        } catch (BadOutcomesException e) {
            return surroundings.terminal().failed(String.valueOf(e.getMessage()));
        }
        return with((desk, progress) -> calibrated(desk.calibrate(prompts, share, progress), prompts.size(), share));
    }

    @Command(
            name = "show",
            description = "Show what is known of the model in use: where it is from and what it learnt from.")
    int show() throws Exception {
        return with((desk, progress) -> {
            Map<String, String> card = desk.card();
            ObjectNode json = Terminal.object();
            card.forEach(json::put);
            return surroundings
                    .terminal()
                    .done(card.isEmpty() ? "the configured classifier has no model" : lines(card), json);
        });
    }

    private int with(Work work) throws Exception {
        OrchestratorConfig config = surroundings.config(ListenAddress.NONE);
        ProgressLine line = new ProgressLine(
                surroundings.terminal().err(), config.origins(), surroundings.onTerminal(), System::nanoTime);
        try (OpenClassifier open = opener.open(config, surroundings.home())) {
            return work.at(open.desk(), (done, all) -> line.at(done + " of " + all + " prompts read"));
        } finally {
            line.end();
        }
    }

    private int calibrated(Moved moved, int prompts, double share) {
        ObjectNode json = Terminal.object()
                .put("n", prompts)
                .put("cloud_share", share)
                .put("old_threshold", moved.before().highAbove())
                .put("new_threshold", moved.after().highAbove())
                .put("old_share", moved.shareBefore())
                .put("new_share", moved.shareAfter())
                .put("fixed_by_configuration", moved.after().fromSettings());
        if (moved.after().fromSettings()) {
            return surroundings
                    .terminal()
                    .failed(
                            String.format(
                                    Locale.ROOT,
                                    "'classifier.high_above' in orchestrator.yaml is %s and wins: take it out, or set it to %.4f for a share of %.3f",
                                    moved.after().highAbove(),
                                    moved.wanted(),
                                    share),
                            json.put("wanted_threshold", moved.wanted()));
        }
        return surroundings
                .terminal()
                .done(
                        String.format(
                                Locale.ROOT,
                                "threshold moved from %.4f to %.4f: of %d prompts, a share of %.3f was high and %.3f is",
                                moved.before().highAbove(),
                                moved.after().highAbove(),
                                prompts,
                                moved.shareBefore(),
                                moved.shareAfter()),
                        json);
    }

    private static ObjectNode counts(Outcomes read) {
        return Terminal.object()
                .put("n", read.outcomes().size())
                .put("unknown", read.unknown())
                .put("contaminated", read.contaminated());
    }

    private static String leftOut(Outcomes read) {
        return read.unknown() + read.contaminated() == 0
                ? ""
                : " (left out: " + read.unknown() + " that do not say how both models did, " + read.contaminated()
                        + " marked as contaminated)";
    }

    private static String lines(Map<String, String> card) {
        return String.join(
                System.lineSeparator(),
                card.entrySet().stream()
                        .map(line -> line.getKey() + ": " + line.getValue())
                        .toList());
    }
}
