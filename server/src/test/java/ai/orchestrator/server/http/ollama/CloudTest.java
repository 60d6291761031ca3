package ai.orchestrator.server.http.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.model.Capability;
import ai.orchestrator.plugin.model.RemoteOrigin;
import ai.orchestrator.server.http.FakeCatalog;
import ai.orchestrator.server.http.TestClient.Reply;
import ai.orchestrator.server.http.TestServer;
import ai.orchestrator.server.orchestration.WebSearch;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloudTest extends OllamaFixture {
    @Test
    void tellsWhetherCloudModelsMayBeUsed() {
        Reply reply = client.get("/api/status");

        assertThat(reply.body()).isEqualTo("{\"cloud\":{\"disabled\":false,\"source\":\"none\"}}");
        assertThat(reply.header("Content-Type")).isEqualTo("application/json; charset=utf-8");
    }

    @ParameterizedTest
    @CsvSource({"POST,/api/me", "POST,/api/signout", "DELETE,/api/user/keys/abc"})
    void hasNoAccounts(String method, String path) {
        Reply reply = client.send(method, path, BodyPublishers.noBody());

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.body()).isEqualTo("{\"error\":\"unauthorized\",\"signin_url\":\"\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/experimental/web_search", "/api/web_search"})
    void searchesTheWeb(String path) {
        Reply reply = client.post(path, "{\"query\":\"what is it\"}", "Authorization", "Bearer of-nobody");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body())
                .isEqualTo("{\"results\":[{\"title\":\"Title\",\"url\":\"https://example.org/a\","
                        + "\"content\":\"What it says.\"}]}");
        client.post(path, "{\"query\":\"more\",\"max_results\":50}");
        client.post(path, "{\"query\":\"few\",\"max_results\":2}");
        assertThat(search.asked).containsExactly("what is it/5", "more/10", "few/2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "web_search || 400 | missing request body",
                "web_search | {} | 400 | query is required",
                "web_search | {\"query\":\" \"} | 400 | query is required",
                "web_search | {\"query\":\"x\",\"max_results\":-1} | 400 | max_results must be between 1 and 10",
                "web_fetch || 400 | missing request body",
                "web_fetch | {} | 400 | url is required",
                "web_fetch | {\"url\":\" \"} | 400 | url is required",
                "web_fetch | {\"url\":\"http://10.0.0.1/\"} | 400 | web fetch refused: The address is private.",
                "web_fetch | {\"url\":\"https://away.example\"} | 502 | web fetch failed: Nobody knows the name.",
            })
    void saysWhatIsWrong(String name, String body, int status, String error) {
        for (String path : List.of("/api/experimental/" + name, "/api/" + name)) {
            Reply reply = client.post(path, body == null ? "" : body);

            assertThat(reply.status()).isEqualTo(status);
            assertThat(reply.json().path("error").asText()).isEqualTo(error);
        }
    }

    @Test
    void saysThatNothingCouldBeFoundAndWhy() {
        search.report = new WebSearch.Report(List.of(), List.of(), Duration.ZERO);
        Reply none = client.post("/api/web_search", "{\"query\":\"x\"}");
        search.report = new WebSearch.Report(
                List.of(),
                List.of(ScriptedSearch.outcome("one", Optional.of("one did not answer in time"))),
                Duration.ZERO);
        Reply failed = client.post("/api/web_search", "{\"query\":\"x\"}");
        search.report = new WebSearch.Report(
                List.of(), List.of(ScriptedSearch.outcome("one", Optional.empty())), Duration.ZERO);
        Reply empty = client.post("/api/web_search", "{\"query\":\"x\"}");

        assertThat(none.status()).isEqualTo(503);
        assertThat(failed.status()).isEqualTo(502);
        assertThat(failed.body()).isEqualTo("{\"error\":\"web search failed: one did not answer in time\"}");
        assertThat(empty.body()).isEqualTo("{\"results\":[]}");
    }

    @Test
    void tellsInAHeaderWhatTheSearchDid() {
        assertThat(client.post("/api/web_search", "{\"query\":\"x\"}").header("X-Search"))
                .isEqualTo("one=1; results=1; ms=3");
        search.report = new WebSearch.Report(
                List.of(), List.of(ScriptedSearch.outcome("one", Optional.of("away"))), Duration.ZERO);
        assertThat(client.post("/api/web_search", "{\"query\":\"x\"}").header("X-Search"))
                .isEqualTo("failed; one=failed; results=0; ms=0");
        search.report = new WebSearch.Report(List.of(), List.of(), Duration.ZERO);
        assertThat(client.post("/api/web_search", "{\"query\":\"x\"}").header("X-Search"))
                .isEqualTo("none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/experimental/web_fetch", "/api/web_fetch"})
    void fetchesAPage(String path) {
        Reply reply = client.post(path, "{\"url\":\" https://example.org/a \"}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body())
                .isEqualTo("{\"title\":\"A page\",\"content\":\"What it says.\","
                        + "\"links\":[\"https://example.org/b\"]}");
        assertThat(pages.asked).containsExactly("https://example.org/a");
    }

    @Test
    void aServerThatFetchesNoPagesSaysSo() {
        try (TestServer without = TestServer.of(
                new CloudSurface(new CloudStatus(false, "none"), search, Optional.empty(), catalog, 1_000))) {
            Reply reply = without.client().post("/api/web_fetch", "{\"url\":\"https://example.org\"}");

            assertThat(reply.status()).isEqualTo(501);
            assertThat(reply.json().path("error").asText())
                    .isEqualTo("web fetch is unavailable: this server does not fetch pages");
        }
    }

    @Test
    void recommendsWhatIsThere() {
        catalog.models.clear();
        catalog.models.add(FakeCatalog.remote("far:latest", new RemoteOrigin("far", "https://far.example")));
        catalog.models.add(FakeCatalog.model("near:latest", Capability.COMPLETION));
        catalog.models.add(FakeCatalog.model("bert:latest", Capability.EMBEDDING));
        catalog.models.add(FakeCatalog.model("auto:latest", Capability.COMPLETION));

        assertThat(client.get("/api/experimental/model-recommendations").body())
                .isEqualTo("{\"recommendations\":["
                        + "{\"model\":\"auto:latest\",\"description\":\"Chooses the cheapest model that can answer well\",\"context_length\":8192},"
                        + "{\"model\":\"near:latest\",\"description\":\"Runs on this machine, 135M, Q4_1\",\"context_length\":8192},"
                        + "{\"model\":\"far:latest\",\"description\":\"Runs at https://far.example\"}]}");
    }
}
