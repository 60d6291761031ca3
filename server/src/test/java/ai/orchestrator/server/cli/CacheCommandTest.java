package ai.orchestrator.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.server.FakeArchive;
import ai.orchestrator.server.cli.CommandRun.Program;
import ai.orchestrator.server.cli.OrchestratorCommand.OpenArchive;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command where no server runs; with one, it is tested end to end. */
class CacheCommandTest {
    private final FakeArchive archive = new FakeArchive();
    private final AtomicInteger closed = new AtomicInteger();

    @TempDir
    private Path home;

    private Program program;

    @BeforeEach
    void configure() throws Exception {
        program = new Program(home).configured("cache: {tiers: [{kind: sqlite}]}");
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            program.environment.put("PORT", String.valueOf(free.getLocalPort()));
        }
        program.archives = (config, folder) -> new OpenArchive(archive, closed::incrementAndGet);
    }

    @Test
    void savesAndSaysHowMuch() {
        CommandRun run = program.run("cache", "backup", "a.backup");

        assertThat(run.out()).isEqualTo("3 answers saved to a.backup\n");
        assertThat(run.err()).contains("1 of 3 saved");
        assertThat(run.code()).isZero();
        assertThat(closed).hasValue(1);
    }

    @Test
    void answersAsJson() throws Exception {
        CommandRun run = program.run("cache", "restore", "a.backup", "--json");

        assertThat(run.json().toString()).isEqualTo("{\"entries\":3,\"bytes\":1234,\"unsound\":0,\"old_replies\":0}");
        assertThat(archive.calls).containsExactly("restore a.backup");
    }

    @Test
    void aDamagedBackupIsAFailure() {
        archive.unsound = 2;

        CommandRun run = program.run("cache", "verify", "a.backup");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("2 of 3 answers in a.backup are damaged");
    }

    @Test
    void tellsWhatBecameOfTheOldServicesRows() {
        CommandRun run = program.run("cache", "import-legacy", "ai_cache.sqlite");

        assertThat(run.out())
                .isEqualTo("5 answers taken over from ai_cache.sqlite; 2 were past their time, 1 are no answers\n");
    }

    @Test
    void failsInTheArchivesWords() throws Exception {
        CommandRun run = program.run("cache", "verify", "broken", "--json");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.json().path("error").asText()).isEqualTo("The file broken is damaged.");
        assertThat(closed).hasValue(1);
    }

    @Test
    void aFileIsNeeded() {
        assertThat(program.run("cache", "backup").code()).isEqualTo(2);
    }
}
