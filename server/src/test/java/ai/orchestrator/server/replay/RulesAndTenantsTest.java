package ai.orchestrator.server.replay;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.cache.CacheEntry;
import ai.orchestrator.plugin.cache.CacheKey;
import ai.orchestrator.server.harness.Ask;
import ai.orchestrator.server.harness.MapTier;
import ai.orchestrator.server.harness.WholeServer;
import ai.orchestrator.server.harness.Wire;
import ai.orchestrator.server.http.Access;
import ai.orchestrator.server.http.TestClient.Reply;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The operator's rules say what is stored, for how long and for whom; tenants never see each other's answers unless a rule shares them. */
class RulesAndTenantsTest {
    private static final String ROUTES = """
            routes:
              - {name: wild, when: {temperature_above: 1.2}, then: {cache: {store: false}}}
              - {name: fleeting, when: {model: tuned}, then: {cache: {ttl: 5m, tier_ttl: {memory: 10s}, tags: [short, eu]}}}
              - {name: faq, when: {headers: {x-faq: "yes"}}, then: {cache: {scope: shared}}}
              - {name: auto, when: {model: auto}, then: {model: local}}
              - {name: asked, then: {model: requested}}
            """;
    private static final Access ACCESS = new Access(
            List.of(
                    new Access.Key("red-key", "red", false),
                    new Access.Key("red-2", "red", false),
                    new Access.Key("blue-key", "blue", false),
                    new Access.Key("admin-key", "operators", true)),
            true,
            true);
    private static final WholeServer SERVER = WholeServer.of(ROUTES, ACCESS);
    private static final Ask ASK = Ask.question("Is it so?");

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @BeforeEach
    void empty() {
        delete("/api/cache", "admin-key");
    }

    @ParameterizedTest
    @EnumSource
    void tenantsSeeTheirOwnAnswersOnly(Wire wire) {
        Reply red = ask(wire, ASK, "red-key");
        assertThat(red.header("X-Cache")).isEqualTo("MISS");
        assertThat(ask(wire, ASK, "red-2").header("X-Cache"))
                .as("another key of the tenant's")
                .isEqualTo("HIT");
        Reply blue = ask(wire, ASK, "blue-key");
        assertThat(blue.header("X-Cache")).isEqualTo("MISS");
        assertThat(blue.header("X-Cache-Key")).isNotEqualTo(red.header("X-Cache-Key"));
        assertThat(SERVER.client()
                        .post(wire.path, wire.body(ASK).orElseThrow().toString())
                        .status())
                .isEqualTo(401);
        assertThat(SERVER.memory.entries.values().stream().map(CacheEntry::scope))
                .containsExactlyInAnyOrder("red", "blue");
    }

    @ParameterizedTest
    @EnumSource
    void aRuleSharesAnswers(Wire wire) {
        assertThat(ask(wire, ASK, "red-key").header("X-Cache")).isEqualTo("MISS");
        assertThat(ask(wire, ASK, "red-key", "X-Faq", "yes").header("X-Cache"))
                .as("its own is not the shared one")
                .isEqualTo("MISS");
        assertThat(ask(wire, ASK, "blue-key", "X-Faq", "yes").header("X-Cache")).isEqualTo("HIT");
        assertThat(ask(wire, ASK, "blue-key").header("X-Cache")).isEqualTo("MISS");
    }

    @Test
    void aRuleSaysForHowLongAndUnderWhichTags() {
        Reply reply = ask(Wire.CHAT, ASK.withModel("tuned"), "red-key", "X-Cache-Tags", "mine");
        CacheKey key = CacheKey.parse(reply.header("X-Cache-Key"));
        assertThat(SERVER.memory.ttls.get(key)).isEqualTo(Duration.ofSeconds(10));
        CacheEntry entry = Objects.requireNonNull(SERVER.memory.entries.get(key));
        assertThat(entry.tags()).containsExactlyInAnyOrder("short", "eu", "mine");

        while (!SERVER.disk.ttls.containsKey(key)) {
            Thread.onSpinWait(); // it is written off the client's path
        }
        assertThat(SERVER.disk.ttls.get(key)).isEqualTo(Duration.ofMinutes(5));
        assertThat(delete("/api/cache?tag=eu", "red-key").body()).isEqualTo("{\"removed\":2}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?tier=memory", "?tier=sqlite", "?model=test", "?tag=t", "?tag=t&tier=memory"})
    void aTenantRemovesItsOwnEntriesInEveryWay(String query) {
        fillForAll();

        Reply reply = delete("/api/cache" + query, "red-key");

        assertThat(reply.body()).isEqualTo(query.contains("tier") ? "{\"removed\":1}" : "{\"removed\":2}");
        assertThat(scopes(SERVER.memory))
                .containsExactlyInAnyOrderElementsOf(
                        query.contains("sqlite") ? List.of("red", "blue", "") : List.of("blue", ""));
        assertThat(scopes(SERVER.disk))
                .containsExactlyInAnyOrderElementsOf(
                        query.contains("memory") ? List.of("red", "blue", "") : List.of("blue", ""));
        assertThat(delete("/api/cache" + query, "admin-key").status()).isEqualTo(200);
    }

    @Test
    void aTenantDoesNotLearnOfAnothersEntryByItsKey() {
        List<String> keys = fillForAll();
        for (String others : keys.subList(1, 3)) {
            Reply reply = delete("/api/cache/" + others, "red-key");
            assertThat(reply.status()).isEqualTo(404);
            String nowhere = "0".repeat(32);
            assertThat(reply.body().replace(others, nowhere))
                    .isEqualTo(delete("/api/cache/" + nowhere, "red-key").body());
        }
        assertThat(scopes(SERVER.memory)).containsExactlyInAnyOrder("red", "blue", "");
        assertThat(scopes(SERVER.disk)).containsExactlyInAnyOrder("red", "blue", "");

        assertThat(delete("/api/cache/" + keys.getFirst(), "red-2").body()).isEqualTo("{\"removed\":1}");
        assertThat(delete("/api/cache/" + keys.get(1), "admin-key").body()).isEqualTo("{\"removed\":1}");
        assertThat(scopes(SERVER.disk)).containsExactly("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"backup", "verify", "restore", "import-legacy"})
    void theWholeCacheIsForAdmins(String action) {
        String path = "/api/cache/" + action;
        Reply refused = SERVER.client().post(path, "{\"name\":\"../x\"}", "Authorization", "Bearer red-key");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().path("error").asText()).contains("'admin: true'");
        assertThat(SERVER.client()
                        .post(path, "{\"name\":\"../x\"}", "Authorization", "Bearer admin-key")
                        .status())
                .as("it is the name that is refused")
                .isEqualTo(400);
    }

    /** An entry of red's, of blue's and of everybody's in both tiers; returns their keys. */
    private static List<String> fillForAll() {
        Ask ask = ASK.withModel("test");
        List<String> keys = List.of(
                ask(Wire.CHAT, ask, "red-key", "X-Cache-Tags", "t").header("X-Cache-Key"),
                ask(Wire.CHAT, ask, "blue-key", "X-Cache-Tags", "t").header("X-Cache-Key"),
                ask(Wire.CHAT, ask, "blue-key", "X-Cache-Tags", "t", "X-Faq", "yes")
                        .header("X-Cache-Key"));
        while (SERVER.disk.entries.size() < 3) {
            Thread.onSpinWait(); // it is written off the client's path
        }
        return keys;
    }

    private static List<String> scopes(MapTier tier) {
        return tier.entries.values().stream().map(CacheEntry::scope).toList();
    }

    @Test
    void aRuleLeavesSampledAnswersOut() {
        Ask.Sampling cool = ASK.sampling();
        Ask hot = ASK.withSampling(new Ask.Sampling(
                1.3,
                cool.topP(),
                cool.maxTokens(),
                cool.stop(),
                cool.seed(),
                cool.topK(),
                cool.presencePenalty(),
                cool.frequencyPenalty()));
        for (Wire wire : Wire.values()) {
            Reply reply = ask(wire, hot, "red-key");
            assertThat(reply.header("X-Cache")).as("%s", wire).isEqualTo("BYPASS");
            assertThat(reply.header("X-Cache-Key")).isEmpty();
            assertThat(ask(wire, hot, "red-key", "Cache-Control", "only-if-cached")
                            .status())
                    .isEqualTo(504);
        }
        assertThat(SERVER.memory.entries).isEmpty();
    }

    private static Reply ask(Wire wire, Ask ask, String key, String... headers) {
        String[] all = Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Authorization";
        all[headers.length + 1] = "Bearer " + key;
        return SERVER.client()
                .post(wire.path, wire.body(ask, false).orElseThrow().toString(), all);
    }

    private static Reply delete(String path, String key) {
        return SERVER.client()
                .send("DELETE", path, HttpRequest.BodyPublishers.noBody(), "Authorization", "Bearer " + key);
    }
}
