package ai.orchestrator.server.replay;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.search.SearchEngine;
import ai.orchestrator.plugin.search.SearchHit;
import ai.orchestrator.server.harness.WholeServer;
import ai.orchestrator.server.http.TestClient.Reply;
import ai.orchestrator.server.search.HostRules;
import ai.orchestrator.server.search.NamedEngine;
import ai.orchestrator.server.search.ParallelWebSearch;
import ai.orchestrator.server.search.page.PageReader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Answers that were made with search results, asked for again after a while. */
class EvidenceAgeTest {
    private static final String ROUTES = """
            routes:
              - {name: looked-up, when: {model: auto}, then: {model: local, search: true}}
              - {name: asked, then: {model: requested}}
            """;

    private static final String PAST = "Who folded the first paper crane?";
    private static final String PRESENT = "What is the weather in Berlin today?";

    private final AtomicReference<Duration> passed = new AtomicReference<>(Duration.ZERO);
    private final AtomicReference<SearchEngine> engine = new AtomicReference<>(query -> List.of(new SearchHit(
            "https://example.org/", "A page", "What it says.", Optional.empty(), OptionalDouble.empty())));
    private final ParallelWebSearch search = new ParallelWebSearch(
            List.of(new NamedEngine("web", query -> engine.get().search(query))),
            HostRules.NONE,
            Optional.empty(),
            PageReader.none(),
            Duration.ofSeconds(60),
            5);
    private final WholeServer server = WholeServer.searching(ROUTES, search, clock(passed));

    private static Clock clock(AtomicReference<Duration> passed) {
        InstantSource later = () -> Instant.now().plus(passed.get());
        return later.withZone(ZoneOffset.UTC);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Reply ask(String model, String question) {
        return server.client()
                .post(
                        "/api/chat",
                        "{\"model\":\"" + model + "\",\"stream\":false,\"messages\":[{\"role\":\"user\",\"content\":\""
                                + question + "\"}]}");
    }

    private String cache(String question) {
        return ask("auto", question).header("X-Cache");
    }

    @Test
    void anAnswerExpiresWithItsEvidenceInEveryTier() {
        Reply first = ask("auto", PAST);
        assertThat(first.header("X-Cache")).isEqualTo("MISS");
        assertThat(first.header("X-Search")).matches("web=1; results=1; ms=\\d+");

        passed.set(Duration.ofMinutes(9));
        Reply again = ask("auto", PAST);
        assertThat(again.header("X-Cache")).isEqualTo("HIT");
        assertThat(again.header("X-Search")).isEqualTo(first.header("X-Search"));
        passed.set(Duration.ofMinutes(10).plusSeconds(1));
        assertThat(cache(PAST)).as("both tiers still have it").isEqualTo("MISS");
    }

    @Test
    void anAnswerAboutThePresentExpiresInMinutes() {
        assertThat(cache(PRESENT)).isEqualTo("MISS");
        assertThat(cache(PRESENT)).isEqualTo("HIT");
        passed.set(Duration.ofMinutes(2).plusSeconds(1));
        assertThat(cache(PRESENT)).isEqualTo("MISS");
    }

    @Test
    void anAnswerWithoutEvidenceStays() {
        assertThat(ask("local", PAST).header("X-Cache")).isEqualTo("MISS");
        passed.set(Duration.ofDays(29));
        Reply hit = ask("local", PAST);
        assertThat(hit.header("X-Cache")).isEqualTo("HIT");
        assertThat(hit.header("X-Search")).isEmpty();
    }

    @Test
    void whereAllEnginesFailTheAnswerIsGivenWithoutAndAskedForAgainSoon() {
        SearchEngine well = engine.getAndSet(query -> {
            throw new PluginFailure.Retriable(FailureCode.UNAVAILABLE, "The far side is away.");
        });
        Reply reply = ask("auto", PAST);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("X-Search")).matches("failed; web=failed; results=0; ms=\\d+");
        assertThat(search.report().allFailed()).isEqualTo(1);

        engine.set(well);
        passed.set(Duration.ofSeconds(61));
        assertThat(ask("auto", PAST).header("X-Search")).startsWith("web=1; results=1");
    }
}
