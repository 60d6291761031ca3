package ai.orchestrator.server.cli;

import ai.orchestrator.server.classify.BadOutcomesException;
import ai.orchestrator.server.classify.ClassifierDesk;
import ai.orchestrator.server.classify.ClassifierDesk.Moved;
import ai.orchestrator.server.classify.GainCurve;
import ai.orchestrator.server.classify.OutcomeFile;
import ai.orchestrator.server.classify.OutcomeFile.Outcomes;
import ai.orchestrator.server.cli.OrchestratorCommand.ClassifierOpener;
import ai.orchestrator.server.cli.OrchestratorCommand.OpenClassifier;
import ai.orchestrator.server.config.ListenAddress;
import ai.orchestrator.server.config.OrchestratorConfig;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
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
    private static final double[] SHARES = {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9};
    private static final String FILE = "FILE";
    private static final double HALF = 0.5;
    private static final double MOST = 0.8;
    private static final double NEARLY_ALL = 0.95;

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
            GainCurve curve = desk.curve(read.outcomes(), progress);
            if (curve.apgr().isEmpty()) {
                surroundings
                        .terminal()
                        .note(
                                "the large model did no better than the small one in these outcomes: there is nothing to recover");
            }
            return surroundings.terminal().done(text(curve, read, file), json(curve, read));
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

    private static String text(GainCurve curve, Outcomes read, Path file) {
        List<String> lines = new ArrayList<>();
        lines.add(curve.size() + " outcomes in " + file + leftOut(read));
        lines.add("APGR " + number(curve.apgr()) + ", CPT(50%) " + number(curve.shareToRecover(HALF)) + ", CPT(80%) "
                + number(curve.shareToRecover(MOST)) + ", CPT(95% quality) "
                + number(curve.shareForQuality(NEARLY_ALL)));
        lines.add("large model's share   right answers");
        lines.add(row(0, curve));
        for (double share : SHARES) {
            lines.add(row(share, curve));
        }
        lines.add(row(1, curve));
        return String.join(System.lineSeparator(), lines);
    }

    private static String row(double share, GainCurve curve) {
        return String.format(Locale.ROOT, "%18.0f%%   %12.1f%%", 100 * share, 100 * curve.quality(share));
    }

    private static ObjectNode json(GainCurve curve, Outcomes read) {
        ObjectNode json = Terminal.object().put("n", curve.size());
        put(json, "apgr", curve.apgr());
        put(json, "cpt50", curve.shareToRecover(HALF));
        put(json, "cpt80", curve.shareToRecover(MOST));
        put(json, "cpt95q", curve.shareForQuality(NEARLY_ALL));
        json.put("weak", curve.quality(0)).put("strong", curve.quality(1));
        json.put("unknown", read.unknown()).put("contaminated", read.contaminated());
        return json;
    }

    private static void put(ObjectNode json, String name, OptionalDouble number) {
        if (number.isPresent()) {
            json.put(name, number.getAsDouble());
        } else {
            json.putNull(name);
        }
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

    private static String number(OptionalDouble number) {
        return number.isPresent() ? String.format(Locale.ROOT, "%.4f", number.getAsDouble()) : "none";
    }
}
