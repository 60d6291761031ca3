package ai.orchestrator.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.search.SearchEngine;
import ai.orchestrator.plugin.search.SearchHit;
import ai.orchestrator.plugin.search.SearchQuery;
import ai.orchestrator.plugin.search.SearchQuery.Freshness;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link SearchEngine} promises. A plugin's test extends this class, opens an engine over documents of its own
 * (or a fake of the remote server) and names a text that finds some of them and one that finds none.
 */
public abstract class SearchEngineContract {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final Pattern MARKUP =
            Pattern.compile("</?[a-zA-Z][^<>]*>|<!--|&(?:#\\d+|#x[0-9a-fA-F]+|amp|lt|gt|quot|nbsp);");
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cs}]");

    private SearchEngine engine = query -> List.of();
    private boolean closed;

    /** A new engine that is ready: its health is {@link Health.State#UP}. The suite closes it. */
    protected abstract SearchEngine open() throws Exception;

    /** A text that finds at least three documents; some of them hold markup, entities or control characters if the source can. */
    protected abstract String textThatFindsThree();

    /** A text that finds nothing, although the source is well. */
    protected abstract String textThatFindsNothing();

    /**
     * Makes the engine's source hold back its answers until {@link #resume}.
     *
     * @return false if the source cannot be held back, as with files
     */
    protected boolean stall() {
        return false;
    }

    /** Lets a stalled source answer again. */
    protected void resume() {}

    @BeforeEach
    void openEngine() throws Exception {
        engine = open();
    }

    @AfterEach
    void closeEngine() {
        if (!closed) {
            close();
        }
    }

    @Test
    void findsDocuments() {
        assertThat(search(textThatFindsThree(), 50)).hasSizeGreaterThanOrEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 50})
    void givesAtMostTheLimit(int limit) {
        assertThat(search(textThatFindsThree(), limit)).isNotEmpty().hasSizeLessThanOrEqualTo(limit);
    }

    @Test
    void givesTheBestFirst() {
        List<SearchHit> hits = search(textThatFindsThree(), 50);

        List<Double> scores = hits.stream()
                .map(SearchHit::score)
                .flatMapToDouble(OptionalDouble::stream)
                .boxed()
                .toList();
        assertThat(scores).isSortedAccordingTo((a, b) -> Double.compare(b, a)).allMatch(Double::isFinite);
        assertThat(search(textThatFindsThree(), 1).getFirst().url())
                .isEqualTo(hits.getFirst().url());
    }

    @Test
    void givesAbsoluteUrls() {
        assertThat(search(textThatFindsThree(), 50)).allSatisfy(hit -> {
            URI url = URI.create(hit.url());
            assertThat(url.getScheme()).isIn("http", "https", "doc");
            if (!"doc".equals(url.getScheme())) {
                assertThat(url.getHost()).isNotBlank();
            }
        });
    }

    @Test
    void givesPlainText() {
        assertThat(search(textThatFindsThree(), 50)).allSatisfy(hit -> {
            assertThat(hit.title()).isNotBlank();
            assertThat(List.of(hit.title(), hit.snippet())).allSatisfy(text -> {
                assertThat(text).doesNotContainPattern(MARKUP).doesNotContainPattern(UNPRINTABLE);
                assertThat(text).isEqualTo(text.strip());
            });
        });
    }

    @Test
    void findingNothingIsNoFailure() {
        assertThat(search(textThatFindsNothing(), 10)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("oddTexts")
    void answersOddTextsOrRefusesThemProperly(String text) {
        assertProper(query(text, 10, DEADLINE));
        assertThat(search(textThatFindsThree(), 10)).isNotEmpty();
    }

    static Stream<String> oddTexts() {
        return Stream.of(
                "AND OR NOT",
                "a AND (b OR",
                "title:x body:[a TO z] +must -not \"open quote",
                "\"\"",
                "wild* ca?d /regex(/ fuzzy~ boost^9 \\",
                "!g !!wp :de <3 !",
                "site:example.org filetype:pdf",
                "?!.,;:…—",
                "*",
                "&limit=0&format=html#fragment %00 %zz ../../etc/passwd",
                "{{7*7}} ${HOME} '; DROP TABLE documents; --",
                "<script>alert(1)</script>",
                "日本語の検索 поиск بحث חיפוש ไทย",
                "e\u0301 \uFB01 \uD835\uDD38 \uD83D\uDC69\u200D\uD83D\uDE80 \u202Eesrever",
                "lone \uD83D surrogate",
                "tab\tand\nnew line\u0000and nul",
                "x",
                "a".repeat(400),
                "a ".repeat(200),
                "語".repeat(400),
                IntStream.range(0, 100).mapToObj(i -> "w" + i).collect(Collectors.joining(" ")));
    }

    @ParameterizedTest
    @EnumSource(Freshness.class)
    void takesEveryFreshness(Freshness freshness) {
        assertProper(new SearchQuery(textThatFindsThree(), 10, Optional.empty(), freshness, DEADLINE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de-DE", "zh-Hant-TW", "sr-Latn", "x-private", "not a tag"})
    void takesEveryLanguage(String language) {
        assertProper(new SearchQuery(textThatFindsThree(), 10, Optional.of(language), Freshness.ANY, DEADLINE));
    }

    @Test
    void failsRatherThanMissItsDeadline() {
        if (stall()) {
            PluginFailure failure = failureOf(query(textThatFindsThree(), 10, Duration.ofMillis(300)));
            assertThat(failure.code()).isEqualTo(FailureCode.TIMEOUT);
            assertThat(failure).isInstanceOf(PluginFailure.Retriable.class);
            resume();
        }
        assertProper(query(textThatFindsThree(), 10, Duration.ofNanos(1)));
        assertThat(failureOf(query(textThatFindsThree(), 10, Duration.ZERO)).code())
                .isEqualTo(FailureCode.TIMEOUT);
    }

    @Test
    void worksAgainAfterAFailure() {
        stall();
        failureOf(query(textThatFindsThree(), 10, Duration.ZERO));
        resume();

        assertThat(search(textThatFindsThree(), 10)).isNotEmpty();
    }

    @Test
    void servesManyAtOnce() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<SearchHit>>> answers = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                String text = i % 2 == 0 ? textThatFindsThree() : textThatFindsNothing();
                answers.add(threads.submit(() -> search(text, 10)));
            }
            for (int i = 0; i < answers.size(); i++) {
                assertThat(answers.get(i).get().isEmpty()).isEqualTo(i % 2 != 0);
            }
        }
    }

    @Test
    void anInterruptedCallerHarmsNobodyElse() throws Exception {
        Thread interrupted = Thread.ofVirtual().start(() -> {
            Thread.currentThread().interrupt();
            assertProper(query(textThatFindsThree(), 10, DEADLINE));
        });
        interrupted.join();

        assertThat(search(textThatFindsThree(), 10)).isNotEmpty();
    }

    @Test
    void tellsItsHealthInOneSentence() {
        assertThat(search(textThatFindsThree(), 1)).isNotEmpty();

        Health health = engine.health();
        assertThat(health.state()).isEqualTo(Health.State.UP);
        assertThat(health.detail()).doesNotContainPattern(UNPRINTABLE);
    }

    @Test
    void closesWhileAskedAndLeavesLateCallersUnharmed() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> asking = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                asking.add(threads.submit(() -> attempt(query(textThatFindsThree(), 10, DEADLINE))));
            }
            close();
            for (Future<?> answer : asking) {
                answer.get();
            }
        }
        assertProper(query(textThatFindsThree(), 10, DEADLINE));
    }

    private void close() {
        closed = true;
        assertTimeoutPreemptively(PATIENCE, engine::close);
    }

    private List<SearchHit> search(String text, int limit) {
        return engine.search(query(text, limit, DEADLINE));
    }

    private static SearchQuery query(String text, int limit, Duration deadline) {
        return new SearchQuery(text, limit, Optional.empty(), Freshness.ANY, deadline);
    }

    /** The answer, or none where the engine refused as it may; any other exception passes. */
    private Optional<List<SearchHit>> attempt(SearchQuery query) {
        try {
            return Optional.of(engine.search(query));
        } catch (PluginFailure refused) {
            assertThat(refused.getMessage()).isNotBlank();
            return Optional.empty();
        }
    }

    private void assertProper(SearchQuery query) {
        assertTimeoutPreemptively(PATIENCE, () -> attempt(query))
                .ifPresent(hits -> assertThat(hits).hasSizeLessThanOrEqualTo(query.limit()));
    }

    private PluginFailure failureOf(SearchQuery query) {
        PluginFailure failure = assertTimeoutPreemptively(
                PATIENCE, () -> catchThrowableOfType(PluginFailure.class, () -> engine.search(query)));
        assertThat(failure).as("failure of %s", query).isNotNull();
        assertThat(failure.getMessage()).isNotBlank();
        return failure;
    }
}
