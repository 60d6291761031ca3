package ai.orchestrator.server.cli;

import ai.orchestrator.server.cost.LedgerFeedback;
import ai.orchestrator.server.cost.Outcomes;
import ai.orchestrator.server.orchestration.Feedback.Given;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "feedback", description = "Use what people said of answers.")
final class FeedbackCommand {
    private final Surroundings surroundings;

    FeedbackCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Command(
            name = "export",
            description = "Write all feedback as outcomes that the classifier can be trained on.",
            footer = {"", "The ledger is only read; the server may run meanwhile."})
    int export(
            @Parameters(
                            paramLabel = "FILE",
                            description =
                                    "Lines of prompt, weak_correct and strong_correct with tabs between; replaced where it is there.")
                    Path file)
            throws IOException {
        List<Given> given;
        try {
            given = LedgerFeedback.read(surroundings.home().resolve("data/ledger.sqlite"));
        } catch (SQLException e) {
            return surroundings.terminal().failed("data/ledger.sqlite cannot be read: " + e.getMessage());
        }
        String outcomes = Outcomes.of(given);
        write(file.toAbsolutePath(), outcomes);
        long prompts = given.stream()
                .map(Given::prompt)
                .filter(prompt -> !prompt.isBlank())
                .distinct()
                .count();
        return surroundings
                .terminal()
                .done(
                        given.size() + " verdicts on answers to " + prompts + " questions written to " + file,
                        Terminal.object().put("verdicts", given.size()).put("questions", prompts));
    }

    /** The file is whole or as it was. */
    private static void write(Path file, String text) throws IOException {
        Path beside = Files.createTempFile(file.getParent(), ".feedback-", ".tsv");
        try {
            Files.writeString(beside, text);
            Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }
}
