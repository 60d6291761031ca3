package ai.orchestrator.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.server.cli.CommandRun.Program;
import ai.orchestrator.server.cost.LedgerFeedback;
import ai.orchestrator.server.cost.LedgerFile;
import ai.orchestrator.server.orchestration.CacheStatus;
import ai.orchestrator.server.orchestration.ChatRequest;
import ai.orchestrator.server.orchestration.Feedback.Verdict;
import ai.orchestrator.server.orchestration.Stats;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedbackCommandTest {
    @TempDir
    Path home;

    @Test
    void writesOutcomesWhileTheServerRuns() throws Exception {
        Program program = new Program(home).configured("server: {port: 1234}");
        Path ledger = Files.createDirectory(home.resolve("data")).resolve("ledger.sqlite");
        Path out = home.resolve("out.tsv");
        assertThat(program.run("feedback", "export", out.toString()))
                .isEqualTo(new CommandRun(0, "0 verdicts on answers to 0 questions written to " + out + "\n", ""));

        try (LedgerFile file = new LedgerFile(ledger, Clock.systemUTC())) {
            LedgerFeedback feedback =
                    new LedgerFeedback(file, model -> model.name().equals("big"), Clock.systemUTC());
            judge(feedback, "r1", "big", "Why\tnot?\n\"Because\"", Verdict.GOOD);
            judge(feedback, "r2", "small", "Why\tnot?\n\"Because\"", Verdict.BAD);
            judge(feedback, "r3", "small", "plain, and simple", Verdict.BAD);
            judge(feedback, "r4", "small", "plain, and simple", Verdict.GOOD);

            CommandRun run = program.run("feedback", "export", out.toString(), "--json");
            assertThat(run.json().path("verdicts").asInt()).isEqualTo(4);
            assertThat(run.json().path("questions").asInt()).isEqualTo(2);
        }

        assertThat(out).hasContent("""
                        prompt\tweak_correct\tstrong_correct
                        "Why\tnot?
                        ""Because""\"\t0\t1
                        plain, and simple\t1\t
                        """);
        try (var left = Files.list(home)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("config", "data", "out.tsv");
        }
    }

    @Test
    void saysWhatIsWrongWithTheLedger() throws Exception {
        Program program = new Program(home).configured("server: {port: 1234}");
        Files.writeString(
                Files.createDirectory(home.resolve("data")).resolve("ledger.sqlite"), "no ledger".repeat(200));

        CommandRun run =
                program.run("feedback", "export", home.resolve("out.tsv").toString());

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).startsWith("data/ledger.sqlite cannot be read: ");
        assertThat(home.resolve("out.tsv")).doesNotExist();
    }

    private static void judge(LedgerFeedback feedback, String id, String model, String question, Verdict verdict) {
        feedback.remember(new Stats.Answered(
                ChatRequest.of(id, "auto", Prompt.user(question)),
                CacheStatus.MISS,
                Optional.empty(),
                model,
                Optional.empty(),
                "some",
                1,
                1,
                Duration.ZERO,
                Optional.empty(),
                Optional.empty()));
        assertThat(feedback.give(id, Optional.empty(), verdict, "")).isTrue();
    }
}
