package ai.orchestrator.server.http.admin;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.cache.CacheKey;
import ai.orchestrator.plugin.cache.CacheSelector;
import ai.orchestrator.plugin.classify.Classification;
import ai.orchestrator.plugin.classify.Complexity;
import ai.orchestrator.plugin.classify.ComplexityClassifier;
import ai.orchestrator.plugin.classify.Question;
import ai.orchestrator.plugin.model.ResponseFormat;
import ai.orchestrator.server.FakeArchive;
import ai.orchestrator.server.http.FakeCatalog;
import ai.orchestrator.server.http.TestClient;
import ai.orchestrator.server.http.TestClient.Reply;
import ai.orchestrator.server.http.TestServer;
import ai.orchestrator.server.orchestration.CacheControl;
import ai.orchestrator.server.orchestration.ChatRequest;
import ai.orchestrator.server.orchestration.ModelIdentity;
import ai.orchestrator.server.orchestration.RequestFingerprint;
import ai.orchestrator.server.orchestration.RequestPolicy;
import ai.orchestrator.server.orchestration.ResponseCache;
import ai.orchestrator.server.orchestration.RoutePlan;
import ai.orchestrator.server.orchestration.RoutingRules;
import ai.orchestrator.server.orchestration.RuleCheck;
import ai.orchestrator.server.orchestration.RulesFile;
import ai.orchestrator.server.orchestration.StoredAnswer;
import ai.orchestrator.server.orchestration.WebSearch;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdminTest {

    private final FakeRules rules = new FakeRules();
    private final FakeSearch search = new FakeSearch();
    private final FakeCache cache = new FakeCache();
    private RulesFile.Reload reload = new RulesFile.Reload.InForce(List.of());
    private TestServer server;
    private TestClient client;

    @BeforeEach
    void start() {
        Map<String, Object> stats = new LinkedHashMap<>();
        stats.put("requests", 3);
        stats.put("cache", Map.of("hits", 2L));
        server = TestServer.of(new AdminSurface(
                () -> stats,
                new AnalyzeEndpoint(
                        new LengthClassifier(), () -> rules, new FakeCatalog(), (plan, model, asked) -> true, 100_000),
                () -> reload,
                search,
                cache,
                new FakeArchive(),
                Path.of("unused"),
                Clock.systemUTC(),
                100_000));
        client = server.client();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void showsTheStatistics() {
        assertThat(client.get("/api/stats").body()).isEqualTo("{\"requests\":3,\"cache\":{\"hits\":2}}");
    }

    @Test
    void explainsTheRouteOfAPrompt() {
        Reply reply = client.post("/api/analyze", "{\"prompt\":\"Why?\",\"system\":\"Be brief.\"}", "X-Team", "blue");

        assertThat(reply.body())
                .isEqualTo(
                        "{\"model\":\"auto:latest\",\"complexity\":\"low\",\"confidence\":0.75,"
                                + "\"reasons\":[\"4 characters\"],\"rule\":\"local\",\"plan\":{\"models\":[\"test:latest\","
                                + "\"big:latest\"],\"search\":true,\"sources\":\"none\",\"deadline_ms\":30000,\"cacheable\":true,"
                                + "\"estimated_prompt_tokens\":12,\"estimated_completion_tokens\":400},"
                                + "\"models\":[{\"name\":\"test:latest\",\"available\":true,\"fits\":true,\"context_length\":8192,"
                                + "\"estimated_cost_usd\":0},"
                                + "{\"name\":\"big:latest\",\"available\":false,\"reason\":\"model 'big:latest' not found\"}],"
                                + "\"cache\":{\"store\":true,\"scope\":\"shared\",\"tier_ttl_ms\":{},\"tags\":[]},"
                                + "\"rules\":[{\"name\":\"hard\",\"matches\":false,\"unmet\":[\"complexity: HIGH\"],\"answers\":false,"
                                + "\"keeps\":false},{\"name\":\"local\",\"matches\":true,\"unmet\":[],\"answers\":true,\"keeps\":true}]}");
        assertThat(rules.asked.getLast().caller().headers()).containsEntry("x-team", "blue");
        assertThat(rules.asked.getLast().question()).isEqualTo("Why?");
    }

    @Test
    void explainsTheRouteOfAConversation() {
        Reply reply = client.post(
                "/api/analyze",
                "{\"model\":\"test\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello there\"},"
                        + "{\"role\":\"assistant\",\"content\":\"Hi\"},{\"role\":\"user\",\"content\":\"And now a longer one\"}]}");

        assertThat(reply.json().path("complexity").asText()).isEqualTo("high");
        assertThat(reply.json().path("model").asText()).isEqualTo("test");
    }

    @Test
    void whatARequestOffersCountsInItsRoute() {
        client.post(
                "/api/analyze",
                "{\"prompt\":\"Draw\",\"options\":{\"temperature\":1.5},\"format\":\"json\",\"think\":true,"
                        + "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"clock\",\"parameters\":{}}}]}");

        ChatRequest asked = rules.asked.getLast();
        assertThat(asked.options().temperature()).contains(1.5);
        assertThat(asked.format()).isInstanceOf(ResponseFormat.Json.class);
        assertThat(asked.tools()).hasSize(1);
    }

    @Test
    void readsTheRulesAgain() {
        reload = new RulesFile.Reload.InForce(List.of("route 'a' is gone"));
        assertThat(client.post("/api/reload", "").body())
                .isEqualTo("{\"status\":\"success\",\"changed\":true,\"changes\":[\"route 'a' is gone\"]}");

        reload = new RulesFile.Reload.InForce(List.of());
        assertThat(client.post("/api/reload", "{}").body())
                .isEqualTo("{\"status\":\"success\",\"changed\":false,\"changes\":[]}");

        reload = new RulesFile.Reload.Refused(List.of("routes.yaml:3: bad", "routes.yaml:9: worse"));
        Reply refused = client.post("/api/reload", "");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("error").asText())
                .isEqualTo("the rules before stay in force: routes.yaml:3: bad; routes.yaml:9: worse");
    }

    @Test
    void searches() {
        Reply reply = client.post("/api/search", "{\"query\":\" java 25 \",\"max_results\":2}");

        assertThat(reply.body())
                .isEqualTo("{\"query\":\"java 25\",\"results\":[{\"title\":\"T\",\"url\":\"https://example.org\","
                        + "\"snippet\":\"S\",\"score\":0.5,\"engines\":[\"a\",\"b\"],"
                        + "\"published_at\":\"2026-01-02T00:00:00Z\",\"why\":{\"places\":["
                        + "{\"engine\":\"a\",\"rank\":2,\"weight\":1.5,\"share\":0.25},"
                        + "{\"engine\":\"b\",\"rank\":1,\"weight\":1.0,\"share\":0.75}],\"freshness\":0.5,\"words\":0.25,\"relevance\":2.5,\"meaning\":0.75},"
                        + "\"suspicious\":\"gives its reader a new role\"}],"
                        + "\"engines\":[{\"engine\":\"a\",\"results\":1,\"ms\":12,\"cached\":true},{\"engine\":\"b\",\"results\":0,\"ms\":4000,\"error\":\"timed out\"}],"
                        + "\"took_ms\":4001}");
        assertThat(search.asked).containsExactly("java 25/2");
        assertThat(reply.header("X-Search")).isEqualTo("a=1,b=failed; results=1; ms=4001");
    }

    @Test
    void aSearchWithoutAnEngineSaysSo() {
        search.engines = List.of();
        Reply reply = client.post("/api/search", "{\"query\":\"java 25\"}");

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.json().path("error").asText())
                .startsWith("there is no search engine to ask: 'search.engines'");
    }

    @Test
    void aSearchForNothingButSecretsIsRefused() {
        Reply reply = client.post("/api/search", "{\"query\":\"secret\"}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("error").asText()).startsWith("nothing of 'query' can be searched for");
        assertThat(search.asked).isEmpty();
    }

    @Test
    void aQueryOfTenMegabytesIsRefused() {
        Reply reply = client.post("/api/search", "{\"query\":\"" + "x".repeat(10 << 20) + "\"}");

        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.json().path("error").asText()).isNotEmpty();
        assertThat(search.asked).isEmpty();
    }

    @Test
    void cutsALongQueryAtAWordAndTellsSo() {
        Reply reply = client.post("/api/search", "{\"query\":\"" + "word ".repeat(100) + "\"}");

        assertThat(reply.json().path("query").asText()).hasSize(399).endsWith("word");
        assertThat(search.asked.getFirst()).endsWith("word/10");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /api/search  | {}                                     | 'query' must not be empty
                    /api/search  | {"query":" "}                          | 'query' must not be empty
                    /api/search  | {"query":["x"]}                        | 'query' must be a string, not an array
                    /api/search  | {"query":"x","max_results":0}          | 'max_results' must be between 1 and 50
                    /api/search  | {"query":"x","max_results":51}         | 'max_results' must be between 1 and 50
                    /api/search  | {"query":"x","max_results":"5"}        | 'max_results' must be a whole number, not a string
                    /api/search  | {"query"                               | unexpected EOF
                    /api/analyze | {}                                     | give either a 'prompt' or 'messages'
                    /api/analyze | {"prompt":"x","messages":[{"role":"user","content":"y"}]} | give either a 'prompt' or 'messages'
                    /api/analyze | {"prompt":"x","model":"a b"}           | invalid model name
                    /api/analyze | {"prompt":5}                           | 'prompt' must be a string, not a number
                    """)
    void refusesWhatIsWrong(String path, String body, String message) {
        Reply reply = client.post(path, body);

        assertThat(reply.json().path("error").asText()).isEqualTo(message);
        assertThat(reply.status()).isEqualTo(400);
    }

    @Test
    void refusesEmptyAndOversizedBodies() {
        assertThat(client.post("/api/search", "").body()).isEqualTo("{\"error\":\"missing request body\"}");
        assertThat(client.post("/api/search", "{\"query\":\"" + "x".repeat(20_000) + "\"}")
                        .status())
                .isEqualTo(400);
        assertThat(client.post("/api/analyze", "{\"prompt\":\"" + "x".repeat(100_000) + "\"}")
                        .status())
                .isEqualTo(413);
        assertThat(client.get("/api/search").status()).isEqualTo(405);
    }

    @ParameterizedTest
    @CsvSource({
        "'',All[]/all",
        "?tier=memory,All[]/memory",
        "?model=Test,ByModel[model=test:latest]/all",
        "?tag=docs&tier=redis,ByTag[tag=docs]/redis"
    })
    void removesWhatIsSelected(String query, String expected) {
        assertThat(delete("/api/cache" + query).body()).isEqualTo("{\"removed\":4}");
        assertThat(cache.calls).containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource({"?modle=test", "?model=a%20b", "?model=", "?model=a&tag=b", "?tier=sqlite"})
    void removesNothingWhereTheSelectionIsWrong(String query) {
        assertThat(delete("/api/cache" + query).status()).isEqualTo(400);
        assertThat(cache.calls).isEmpty();
    }

    @Test
    void removesOneEntry() {
        assertThat(delete("/api/cache/00000000000000010000000000000002").body()).isEqualTo("{\"removed\":1}");
        assertThat(delete("/api/cache/00000000000000010000000000000003").status())
                .isEqualTo(404);
        assertThat(delete("/api/cache/00000000000000010000000000000004").body())
                .as("a tier that could not be reached removes it before it serves again")
                .isEqualTo("{\"removed\":0,\"pending\":[\"redis\"]}");
        assertThat(delete("/api/cache/xyz").json().path("error").asText())
                .isEqualTo("a cache key has 32 hexadecimal digits");
    }

    private Reply delete(String path) {
        return client.send("DELETE", path, BodyPublishers.noBody());
    }

    private static final class LengthClassifier implements ComplexityClassifier {
        @Override
        public Classification classify(Question question) {
            int length = question.text().length();
            return new Classification(
                    length < 10 ? Complexity.LOW : Complexity.HIGH, 0.75, List.of(length + " characters"));
        }

        @Override
        public Health health() {
            return Health.up();
        }

        @Override
        public void close() {}
    }

    private static final class FakeRules implements RoutingRules {
        private final List<ChatRequest> asked = new CopyOnWriteArrayList<>();

        @Override
        public RequestPolicy policy(ChatRequest request) {
            return RequestPolicy.DEFAULT;
        }

        @Override
        public boolean needsComplexity(ChatRequest request) {
            return true;
        }

        @Override
        public RoutePlan plan(ChatRequest request, Optional<Classification> classification) {
            asked.add(request);
            return new RoutePlan(
                    "local", List.of("test:latest", "big:latest"), true, Optional.of(Duration.ofSeconds(30)));
        }

        @Override
        public List<RuleCheck> explain(ChatRequest request, Optional<Classification> classification) {
            return List.of(
                    new RuleCheck("hard", List.of("complexity: HIGH"), false, false),
                    new RuleCheck("local", List.of(), true, true));
        }

        @Override
        public Reach reach(ChatRequest request) {
            return new Reach(List.of(), List.of(), true);
        }

        @Override
        public String fingerprint() {
            return "0".repeat(64);
        }
    }

    private static final class FakeSearch implements WebSearch {
        private final List<String> asked = new CopyOnWriteArrayList<>();
        private volatile List<EngineOutcome> engines = List.of(
                new EngineOutcome("a", 1, Duration.ofMillis(12), Optional.empty(), true),
                new EngineOutcome("b", 0, Duration.ofSeconds(4), Optional.of("timed out")));

        @Override
        public boolean searchable(String query) {
            return !query.equals("secret");
        }

        @Override
        public Report search(String query, int maxResults) {
            asked.add(query + "/" + maxResults);
            return new Report(
                    List.of(new Result(
                            "T",
                            "https://example.org",
                            "S",
                            0.5,
                            List.of("a", "b"),
                            Optional.of(Instant.parse("2026-01-02T00:00:00Z")),
                            new Why(
                                    List.of(new Place("a", 2, 1.5, 0.25), new Place("b", 1, 1, 0.75)),
                                    0.5,
                                    Optional.of(new Fit(0.25, OptionalDouble.of(0.75), OptionalDouble.of(2.5)))),
                            Optional.of("gives its reader a new role"))),
                    engines,
                    Duration.ofMillis(4001));
        }

        @Override
        public Findings enrich(ChatRequest request, Optional<Duration> left) {
            return context -> new Enrichment(request.prompt(), List.of(), "none");
        }
    }

    private static final class FakeCache implements ResponseCache {
        private final List<String> calls = new ArrayList<>();

        @Override
        public RequestFingerprint fingerprint(ChatRequest request, ModelIdentity model, String scope) {
            return new RequestFingerprint(new CacheKey(0, 0), new byte[32]);
        }

        @Override
        public Optional<Hit> find(RequestFingerprint fingerprint, RequestPolicy policy, CacheControl asked) {
            return Optional.empty();
        }

        @Override
        public void store(
                RequestFingerprint fingerprint,
                String requestedModel,
                StoredAnswer answer,
                RequestPolicy policy,
                Set<String> tags) {}

        @Override
        public void replace(
                RequestFingerprint fingerprint,
                String requestedModel,
                StoredAnswer answer,
                RequestPolicy policy,
                Set<String> tags) {}

        @Override
        public List<String> tiers() {
            return List.of("memory", "redis");
        }

        @Override
        public Removal remove(CacheKey key, Optional<String> scope) {
            return new Removal(key.low() == 2 ? 3 : 0, key.low() == 4 ? List.of("redis") : List.of());
        }

        @Override
        public Removal removeAll(CacheSelector selector, Optional<String> tier) {
            calls.add(selector + "/" + tier.orElse("all"));
            return new Removal(4, List.of());
        }
    }
}
