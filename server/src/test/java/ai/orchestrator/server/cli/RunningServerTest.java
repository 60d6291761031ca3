package ai.orchestrator.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.server.cli.CommandRun.Program;
import ai.orchestrator.server.http.Access;
import ai.orchestrator.server.http.ErrorStyle;
import ai.orchestrator.server.http.HttpSettings;
import ai.orchestrator.server.http.Rights;
import ai.orchestrator.server.http.TestServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command with a server that has keys. */
class RunningServerTest {
    private static final String OUTCOME = "{\"status\":\"success\",\"entries\":3,\"bytes\":1234}";
    private static final Access.Key TEAM = new Access.Key("a-team-key", "team-a", false);
    private static final Access.Key ADMIN = new Access.Key("admin-key-1", "operators", true);
    private static final String TEAM_YAML = "{key: a-team-key, tenant: team-a}";
    private static final String ADMIN_YAML = "{key: admin-key-1, tenant: operators, admin: true}";

    @TempDir
    private Path home;

    private Path backup;

    @BeforeEach
    void prepare() throws Exception {
        backup = Files.writeString(home.resolve("a.backup"), "entries");
    }

    @Test
    void takesTheAdminsKeyOfSeveral() throws Exception {
        CommandRun run = verify(new Access(List.of(TEAM, ADMIN), true, true), TEAM_YAML + ", " + ADMIN_YAML);

        assertThat(run.out()).isEqualTo("3 answers sound in " + backup + "\n");
        assertThat(run.code()).isZero();
    }

    @Test
    void needsNoneOnThisMachineAndDoesNotGiveItsRightsAwayByAnother() throws Exception {
        CommandRun run = verify(new Access(List.of(TEAM), false, true), TEAM_YAML);

        assertThat(run.code()).as(run.err()).isZero();
    }

    @Test
    void saysWhatIsMissingWhereOnlyAnAdminsKeyWouldDo() throws Exception {
        CommandRun run = verify(new Access(List.of(TEAM), true, true), TEAM_YAML);

        assertThat(run.err()).contains("asks for a key: give one in 'server.api_keys'", "'admin: true'");
        assertThat(run.code()).isEqualTo(1);
    }

    private CommandRun verify(Access access, String keys) throws Exception {
        try (TestServer server = TestServer.of(HttpSettings.at("127.0.0.1", 0).withAccess(access), routes -> routes.get(
                        "/api/health", ErrorStyle.PLAIN, exchange -> exchange.sendJson(utf8("{\"uptime_seconds\":1}")))
                .post(
                        "/api/cache/verify",
                        ErrorStyle.PLAIN,
                        Rights.adminsOnly(exchange -> exchange.sendJson(utf8(OUTCOME)))))) {
            Program program = new Program(home).configured("server: {api_keys: [" + keys + "]}");
            program.environment.put("PORT", String.valueOf(server.port()));
            return program.run("cache", "verify", backup.toString());
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
