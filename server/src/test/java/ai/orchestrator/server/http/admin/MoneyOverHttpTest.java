package ai.orchestrator.server.http.admin;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.model.Capability;
import ai.orchestrator.plugin.model.FinishReason;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.Price;
import ai.orchestrator.plugin.model.Usage;
import ai.orchestrator.server.config.MoneyConfig;
import ai.orchestrator.server.config.MoneyConfig.Action;
import ai.orchestrator.server.config.MoneyConfig.Budget;
import ai.orchestrator.server.config.MoneyConfig.Period;
import ai.orchestrator.server.config.MoneyConfig.Whose;
import ai.orchestrator.server.cost.LedgerFeedback;
import ai.orchestrator.server.cost.LedgerFile;
import ai.orchestrator.server.cost.LedgerReports;
import ai.orchestrator.server.cost.SqliteCostLedger;
import ai.orchestrator.server.harness.Ask;
import ai.orchestrator.server.harness.ScriptedModels;
import ai.orchestrator.server.harness.WholeServer;
import ai.orchestrator.server.harness.Wire;
import ai.orchestrator.server.http.Access;
import ai.orchestrator.server.http.FakeCatalog;
import ai.orchestrator.server.http.TestClient.Reply;
import ai.orchestrator.server.orchestration.Stats;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server with all surfaces and the ledger that is shipped; a tenth of a dollar a day for each tenant, and 0.04 for each answer. */
class MoneyOverHttpTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-29T18:00:00Z"), ZoneOffset.UTC);
    private static final BigDecimal COST = new BigDecimal("0.04");
    private static final Access ACCESS = new Access(
            List.of(
                    new Access.Key("red-key", "red", false),
                    new Access.Key("blue-key", "blue", false),
                    new Access.Key("admin-key", "operators", true)),
            true,
            true);
    private static final String ROUTES = """
            routes:
              - {name: routed, when: {model: auto}, then: {model: dear}}
              - {name: capped, when: {headers: {x-cap: "*"}}, then: {model: dear, budget: 0.01}}
              - {name: asked, then: {model: requested}}
            """;

    @TempDir
    Path folder;

    private LedgerFile file;
    private WholeServer server;

    @BeforeEach
    void start() {
        file = new LedgerFile(folder.resolve("ledger.sqlite"), CLOCK);
        Budget daily = new Budget(Period.DAY, new Whose.EachTenant(), new BigDecimal("0.1"), Action.LOCAL);
        Price price = Price.perToken(new BigDecimal("0.00001"), new BigDecimal("0.0005"));
        FakeCatalog catalog = new FakeCatalog();
        SqliteCostLedger ledger = new SqliteCostLedger(
                file,
                new MoneyConfig(List.of(daily), 64, Optional.empty()),
                () -> price,
                () -> catalog.find("test").stream().toList(),
                CLOCK);
        LedgerFeedback feedback = new LedgerFeedback(file, model -> model.name().equals("dear:latest"), CLOCK);
        server = WholeServer.with(
                ROUTES,
                ACCESS,
                new WholeServer.Accounts(
                        ledger,
                        new Heard(ledger, feedback),
                        List.of(new MoneySurface(new LedgerReports(file), feedback, CLOCK))));
        server.catalog.models.add(dear(price));
        Usage usage = new Usage(5, 0, 7, Duration.ZERO, Duration.ZERO, Duration.ZERO, Optional.of(COST), "");
        server.models.script(ScriptedModels.plays(
                List.of(new ModelEvent.Text("Because.")), new ModelEvent.Finished(FinishReason.STOP, usage)));
    }

    @AfterEach
    void stop() {
        server.close();
        file.close();
    }

    @Test
    void theBillOfATenantIsItsOwn() {
        ask(Wire.CHAT, "Why?", "red-key", false);
        ask(Wire.CHAT, "Why?", "red-key", true);
        ask(Wire.CHAT_COMPLETIONS, "And why?", "blue-key", true);

        Reply all = get("/api/costs?by=key", "admin-key");
        assertThat(all.body())
                .startsWith("{\"from\":\"2026-11-01\",\"to\":\"2026-11-29\",\"by\":[\"key\"],\"lines\":["
                        + "{\"key\":\"blue\",\"calls\":1,\"hits\":0,\"shared\":0,\"prompt_tokens\":5,\"completion_tokens\":7,\"spent_usd\":0.04,"
                        + "\"assumed_usd\":0,\"saved_usd\":0,\"estimated_calls\":0,\"unknown_cost_calls\":0},"
                        + "{\"key\":\"red\",\"calls\":1,\"hits\":1,\"shared\":0,\"prompt_tokens\":5,\"completion_tokens\":7,\"spent_usd\":0.04,"
                        + "\"assumed_usd\":0,\"saved_usd\":0.00355,\"estimated_calls\":0,\"unknown_cost_calls\":0}]")
                .contains("\"totals\":{\"calls\":2,\"hits\":1,");
        assertThat(get("/api/costs?by=key&format=csv", "red-key").body().lines().skip(1))
                .containsExactly("red,1,1,0,5,7,0.04,0,0.00355,0,0", "total,1,1,0,5,7,0.04,0,0.00355,0,0");
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerOfAnySurfaceCanBeJudgedByItsTenantAlone(Wire wire) {
        Reply fresh = ask(wire, "Why " + wire + "?", "red-key", true);
        String id = fresh.header("X-Request-Id");

        assertThat(judge(id, "good", "blue-key").status()).isEqualTo(404);
        assertThat(judge(id, "good", "red-key").status()).isEqualTo(200);
        assertThat(judge(id, "bad", "red-key").status()).isEqualTo(200);
        assertThat(get("/api/feedback", "red-key").status()).isEqualTo(403);
        assertThat(get("/api/feedback?format=tsv", "admin-key").body())
                .isEqualTo("prompt\tweak_correct\tstrong_correct\nWhy " + wire + "?\t\t0\n");

        Reply hit = ask(wire, "Why " + wire + "?", "red-key", false);
        assertThat(hit.header("X-Cache")).isEqualTo("HIT");
        assertThat(judge(hit.header("X-Request-Id"), "good", "admin-key").status())
                .isEqualTo(200);
        assertThat(get("/api/feedback?format=tsv", "admin-key").body())
                .as("the last verdict counts")
                .endsWith("Why " + wire + "?\t\t1\n");
        assertThat(judge("never-heard-of", "good", "red-key").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @EnumSource
    void overBudgetTheClientIsToldInItsSurfacesShapeWhenToComeBack(Wire wire) {
        ask(Wire.CHAT, "one", "red-key", false);
        ask(Wire.CHAT, "two", "red-key", false);

        Reply refused = ask(wire, "three", "red-key", false);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).isEqualTo("21600");
        assertThat(refused.body()).contains("what is left of the budget for this day does not cover the answer");
        assertThat(refused.json().has("error")).isTrue();
        assertThat(ask(wire, "three", "red-key", true).body()).contains("budget");

        assertThat(ask(wire, "three", "blue-key", false).status()).isEqualTo(200);
        assertThat(ask(Wire.CHAT, "one", "red-key", false).header("X-Cache"))
                .as("stored answers cost nothing")
                .isEqualTo("HIT");
    }

    @Test
    void overBudgetAQuestionThatIsRoutedIsAnsweredByAModelWithoutAPriceAndNotStored() {
        ask(Wire.CHAT, "one", "red-key", false);
        ask(Wire.CHAT, "two", "red-key", false);
        Usage free = new Usage(5, 0, 7, Duration.ZERO, Duration.ZERO, Duration.ZERO, Optional.of(BigDecimal.ZERO), "");
        server.models.script(ScriptedModels.plays(
                List.of(new ModelEvent.Text("Cheap.")), new ModelEvent.Finished(FinishReason.STOP, free)));

        String auto =
                "{\"model\":\"auto\",\"stream\":false,\"messages\":[{\"role\":\"user\",\"content\":\"hard one\"}]}";
        for (int i = 0; i < 2; i++) {
            Reply local = server.client().post("/api/chat", auto, "x-api-key", "red-key");
            assertThat(local.status()).isEqualTo(200);
            assertThat(local.header("X-Model")).isEqualTo("test:latest");
            assertThat(local.header("X-Cache")).isEqualTo("MISS");
        }
        assertThat(server.client()
                        .post("/api/chat", auto, "x-api-key", "blue-key")
                        .header("X-Model"))
                .isEqualTo("dear:latest");
    }

    @Test
    void whatARoutesOwnBudgetAllowsIsExplained() {
        String body = "{\"model\":\"dear\",\"prompt\":\"Why?\",\"options\":{\"num_predict\":%d}}";
        Reply little = server.client().post("/api/analyze", body.formatted(1), "x-api-key", "red-key", "x-cap", "1");
        assertThat(little.json().path("plan").path("budget_usd").asText()).isEqualTo("0.01");
        assertThat(little.json().path("models").path(0).path("within_budget").asBoolean())
                .isTrue();

        Reply much = server.client().post("/api/analyze", body.formatted(50), "x-api-key", "red-key", "x-cap", "1");
        assertThat(much.json().path("models").path(0).path("within_budget").asBoolean(true))
                .isFalse();
    }

    private Reply ask(Wire wire, String question, String key, boolean stream) {
        Ask plain = Ask.question(question);
        Ask asked = new Ask(
                "dear",
                plain.system(),
                plain.turns(),
                plain.sampling(),
                plain.schema(),
                plain.tools(),
                plain.choice(),
                plain.think(),
                plain.logprobs(),
                plain.unknown());
        return server.client()
                .post(wire.path, wire.body(asked, stream).orElseThrow().toString(), "x-api-key", key);
    }

    private Reply judge(String id, String verdict, String key) {
        return server.client()
                .post(
                        "/api/feedback",
                        "{\"request_id\":\"" + id + "\",\"verdict\":\"" + verdict + "\"}",
                        "x-api-key",
                        key);
    }

    private Reply get(String path, String key) {
        return server.client().get(path, "x-api-key", key);
    }

    private static ModelInfo dear(Price price) {
        ModelInfo plain = FakeCatalog.model("dear:latest", Capability.COMPLETION);
        return new ModelInfo(
                plain.name(),
                plain.digest(),
                0,
                plain.modifiedAt(),
                "",
                List.of(),
                "",
                "",
                OptionalInt.empty(),
                OptionalInt.empty(),
                plain.capabilities(),
                Optional.empty(),
                Optional.of(price));
    }

    private record Heard(SqliteCostLedger ledger, LedgerFeedback feedback) implements Stats {
        @Override
        public void record(Answered answered) {
            ledger.saved(answered);
            feedback.remember(answered);
        }

        @Override
        public void recordFailure(Duration took, boolean cancelled) {}
    }
}
