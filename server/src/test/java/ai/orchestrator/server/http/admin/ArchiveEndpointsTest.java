package ai.orchestrator.server.http.admin;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.server.FakeArchive;
import ai.orchestrator.server.http.ErrorStyle;
import ai.orchestrator.server.http.TestClient;
import ai.orchestrator.server.http.TestServer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveEndpointsTest {
    private static final String SUCCESS =
            "{\"status\":\"success\",\"name\":\"a.backup\",\"entries\":3,\"bytes\":1234,\"unsound\":0,\"old_replies\":0}";

    private final FakeArchive archive = new FakeArchive();

    @TempDir
    private Path folder;

    private TestServer server;
    private TestClient client;

    @BeforeEach
    void start() {
        Clock clock = Clock.fixed(Instant.parse("2026-11-29T01:02:03.004Z"), ZoneOffset.UTC);
        ArchiveEndpoints endpoints = new ArchiveEndpoints(archive, folder, clock);
        server = TestServer.of(routes -> routes.post("/api/cache/backup", ErrorStyle.PLAIN, endpoints.backup())
                .post("/api/cache/verify", ErrorStyle.PLAIN, endpoints.verify())
                .post("/api/cache/restore", ErrorStyle.PLAIN, endpoints.restore())
                .post("/api/cache/import-legacy", ErrorStyle.PLAIN, endpoints.importLegacy()));
        client = server.client();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void tellsTheProgressLineByLine() {
        var reply = client.post("/api/cache/backup", "{\"name\": \"a.backup\"}");

        assertThat(reply.header("Content-Type")).isEqualTo("application/x-ndjson");
        assertThat(reply.body().lines())
                .containsExactly("{\"status\":\"backing up\",\"completed\":1,\"total\":3}", SUCCESS);
        assertThat(archive.calls).containsExactly("backup a.backup");
    }

    @Test
    void tellsTheOutcomeAloneWithoutAStream() {
        var reply = client.post("/api/cache/restore", "{\"name\": \"a.backup\", \"stream\": false}");

        assertThat(reply.body()).isEqualTo(SUCCESS);
        assertThat(archive.calls).containsExactly("restore a.backup");
    }

    @Test
    void namesABackupByTheTimeWhereTheCallerDoesNot() {
        client.post("/api/cache/backup", "{}");

        assertThat(archive.calls).containsExactly("backup cache-20261129T010203.004Z.backup");
    }

    @Test
    void tellsWhatBecameOfTheOldServicesRows() {
        assertThat(client.post("/api/cache/import-legacy", "{\"name\": \"ai_cache.sqlite\", \"stream\": false}")
                        .body())
                .isEqualTo(
                        "{\"status\":\"success\",\"name\":\"ai_cache.sqlite\",\"imported\":5,\"expired\":2,\"unreadable\":1}");
    }

    @Test
    void aFailureEndsTheStreamAndIsAStatusWithoutOne() {
        assertThat(client.post("/api/cache/verify", "{\"name\": \"broken\"}")
                        .body()
                        .lines())
                .last()
                .isEqualTo("{\"error\":\"The file broken is damaged.\"}");
        var alone = client.post("/api/cache/verify", "{\"name\": \"broken\", \"stream\": false}");
        assertThat(alone.status()).isEqualTo(400);
        assertThat(alone.body()).isEqualTo("{\"error\":\"The file broken is damaged.\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../cache.sqlite", "/etc/passwd", "a/b", ".hidden", "a\\\\b", "a\\u0000b", "x y"})
    void takesNothingButAPlainFileName(String name) {
        assertThat(client.post("/api/cache/restore", "{\"name\": \"" + name + "\"}")
                        .status())
                .isEqualTo(400);
        assertThat(client.post("/api/cache/restore", "{}").status()).isEqualTo(400);
        assertThat(archive.calls).isEmpty();
    }
}
