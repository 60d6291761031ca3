package ai.orchestrator.server.harness;

import ai.orchestrator.plugin.cache.CacheTier;
import ai.orchestrator.plugin.model.Capability;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.SamplingOptions;
import ai.orchestrator.server.cache.NamedTier;
import ai.orchestrator.server.cache.TierArchive;
import ai.orchestrator.server.cache.TieredResponseCache;
import ai.orchestrator.server.config.MoneyConfig;
import ai.orchestrator.server.cost.RouteBudget;
import ai.orchestrator.server.http.Access;
import ai.orchestrator.server.http.FakeCatalog;
import ai.orchestrator.server.http.FakeWebSearch;
import ai.orchestrator.server.http.HttpSettings;
import ai.orchestrator.server.http.Surface;
import ai.orchestrator.server.http.TestClient;
import ai.orchestrator.server.http.TestServer;
import ai.orchestrator.server.http.admin.AdminSurface;
import ai.orchestrator.server.http.admin.AnalyzeEndpoint;
import ai.orchestrator.server.http.anthropic.AnthropicSurface;
import ai.orchestrator.server.http.legacy.LegacyDefaults;
import ai.orchestrator.server.http.legacy.LegacySurface;
import ai.orchestrator.server.http.ollama.OllamaSurface;
import ai.orchestrator.server.http.openai.OpenAiSurface;
import ai.orchestrator.server.http.responses.ResponsesSurface;
import ai.orchestrator.server.http.websearch.SearchingAnswers;
import ai.orchestrator.server.orchestration.CostLedger;
import ai.orchestrator.server.orchestration.Orchestrator;
import ai.orchestrator.server.orchestration.ResponseCache;
import ai.orchestrator.server.orchestration.RulesFile;
import ai.orchestrator.server.orchestration.Stats;
import ai.orchestrator.server.orchestration.WebSearch;
import ai.orchestrator.server.routing.YamlRoutingRules;
import ai.orchestrator.server.search.QuotedEvidence;
import ai.orchestrator.server.template.RequestTemplates;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A server on a free port with all surfaces. Its models are those of {@link FakeCatalog}, of whose defaults nothing is known, as of models elsewhere,
 * and {@code local:latest} and {@code tuned:latest}, of which they are, the latter with a temperature of its own.
 */
public final class WholeServer implements AutoCloseable {
    /** A model answers by its own name; {@code auto} by how hard the question is. */
    public static final String ROUTES = """
            routes:
              - {name: easy, when: {model: auto, complexity: [low, medium]}, then: {model: local}}
              - {name: hard, when: {model: auto}, then: {model: able}}
              - {name: asked, then: {model: requested}}
            """;

    private static final int MAX_BODY = 4_000_000;
    private static final int MOST_AT_ONCE = 1_000;

    public final ScriptedModels models = new ScriptedModels();
    public final FakeCatalog catalog = new FakeCatalog();
    public final MapTier memory = new MapTier(CacheTier.Reach.MEMORY, Duration.ofSeconds(60));
    public final MapTier disk = new MapTier(CacheTier.Reach.DISK, Duration.ofDays(30));
    private final TieredResponseCache tiers;
    private final TestServer server;

    /**
     * Who keeps accounts.
     *
     * @param surfaces that show them
     */
    public record Accounts(CostLedger ledger, Stats stats, List<Surface> surfaces) {
        static final Accounts NONE = new Accounts(new Nothing.Costs(), new Nothing.Counts(), List.of());
    }

    private WholeServer(String routes, Access access, UnaryOperator<ResponseCache> around, Accounts accounts) {
        this(routes, access, around, accounts, new FakeWebSearch(), Clock.systemUTC());
    }

    private WholeServer(
            String routes,
            Access access,
            UnaryOperator<ResponseCache> around,
            Accounts accounts,
            WebSearch search,
            Clock cacheClock) {
        tiers = new TieredResponseCache(
                List.of(new NamedTier("memory", memory), new NamedTier("sqlite", disk)), 100, cacheClock);
        catalog.models.add(local("local:latest", SamplingOptions.defaults()));
        catalog.models.add(
                local("tuned:latest", SamplingOptions.builder().temperature(0.1).build()));
        YamlRoutingRules rules = YamlRoutingRules.parse("routes.yaml", routes, Map.of());
        ResponseCache cache = around.apply(tiers);
        Orchestrator answers = new Orchestrator(
                () -> rules,
                cache,
                new Nothing.IsHard(),
                search,
                catalog,
                models,
                accounts.ledger(),
                accounts.stats(),
                MOST_AT_ONCE,
                Clock.systemUTC());
        SearchingAnswers searching = new SearchingAnswers(answers, search, new QuotedEvidence(3_500));
        LegacySurface legacy = new LegacySurface(
                answers,
                catalog,
                new LegacyDefaults(Optional.empty(), 0.7, 0.9, 2048, MAX_BODY),
                () -> true,
                "0.1.0",
                Clock.systemUTC());
        List<Surface> surfaces = new ArrayList<>(List.of(
                new OllamaSurface(answers, catalog, new RequestTemplates(), legacy.chatForm(), MAX_BODY),
                new OpenAiSurface(answers, catalog, MAX_BODY),
                new ResponsesSurface(answers, searching, catalog, MAX_BODY),
                new AnthropicSurface(answers, searching, catalog, MAX_BODY),
                legacy,
                new AdminSurface(
                        Map::of,
                        new AnalyzeEndpoint(
                                new Nothing.IsHard(),
                                () -> rules,
                                catalog,
                                new RouteBudget(new MoneyConfig(List.of(), 64, Optional.empty())),
                                MAX_BODY),
                        () -> new RulesFile.Reload.InForce(List.of()),
                        search,
                        cache,
                        new TierArchive(List.of(disk)),
                        Path.of("unused"),
                        Clock.systemUTC(),
                        MAX_BODY)));
        surfaces.addAll(accounts.surfaces());
        server = TestServer.of(HttpSettings.at("127.0.0.1", 0).withAccess(access), surfaces.toArray(Surface[]::new));
    }

    /** Open to everybody, by {@link #ROUTES}. */
    public static WholeServer open() {
        return of(ROUTES, Access.OPEN);
    }

    /** Under other rules and for those who may call. */
    public static WholeServer of(String routes, Access access) {
        return new WholeServer(routes, access, cache -> cache, Accounts.NONE);
    }

    /** Open to everybody, with something around its cache. */
    public static WholeServer with(String routes, UnaryOperator<ResponseCache> around) {
        return new WholeServer(routes, Access.OPEN, around, Accounts.NONE);
    }

    /** Under other rules, for those who may call, with accounts kept. */
    public static WholeServer with(String routes, Access access, Accounts accounts) {
        return new WholeServer(routes, access, cache -> cache, accounts);
    }

    /** Open to everybody, with a search of its own, and a clock by which what is stored grows old. */
    public static WholeServer searching(String routes, WebSearch search, Clock cacheClock) {
        return new WholeServer(routes, Access.OPEN, cache -> cache, Accounts.NONE, search, cacheClock);
    }

    /** A client that keeps its connections. */
    public TestClient client() {
        return server.client();
    }

    public int port() {
        return server.port();
    }

    /** Removes what is stored, and what is about to be. */
    public void empty() {
        TestClient.Reply reply = server.client().send("DELETE", "/api/cache", HttpRequest.BodyPublishers.noBody());
        if (reply.status() != 200) {
            throw new AssertionError(reply.body());
        }
    }

    private static ModelInfo local(String name, SamplingOptions defaults) {
        ModelInfo plain = FakeCatalog.model(
                name,
                Capability.COMPLETION,
                Capability.TOOLS,
                Capability.INSERT,
                Capability.VISION,
                Capability.THINKING);
        return withDefaults(plain, plain.digest(), defaults);
    }

    /** The same model with another digest and options of its own. */
    public static ModelInfo withDefaults(ModelInfo model, String digest, SamplingOptions defaults) {
        return new ModelInfo(
                model.name(),
                digest,
                model.sizeBytes(),
                model.modifiedAt(),
                model.format(),
                model.families(),
                model.parameterSize(),
                model.quantization(),
                model.contextLength(),
                model.embeddingLength(),
                model.capabilities(),
                model.remote(),
                model.price(),
                Optional.of(defaults));
    }

    @Override
    public void close() {
        server.close();
        tiers.close();
    }
}
