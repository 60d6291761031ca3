package ai.orchestrator.server.search.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.document.DocumentParser;
import ai.orchestrator.plugin.document.ParsedDocument;
import ai.orchestrator.server.orchestration.WebPages.Fetched;
import ai.orchestrator.server.orchestration.WebSearch.Result;
import ai.orchestrator.server.search.rerank.PassageRanking;
import ai.orchestrator.server.web.FetchRules;
import ai.orchestrator.server.web.FetchedPage;
import ai.orchestrator.server.web.LoopbackSite;
import ai.orchestrator.server.web.PageFailure;
import ai.orchestrator.server.web.PageFetcher;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DocumentsTest {
    private static final String PDF = "application/pdf";
    private static final Duration AMPLE = Duration.ofSeconds(30);
    private static final FetchedPage PAGE = new FetchedPage(
            "https://a.org/x.pdf", PDF, Optional.empty(), "Fold  paper.\n\nTwice.".getBytes(StandardCharsets.UTF_8));

    /** Says what is in the bytes. */
    private static final DocumentParser PLAIN = (content, limits) ->
            new ParsedDocument(Optional.of(" A\ntitle "), new String(content, StandardCharsets.UTF_8));

    private static Documents by(DocumentParser parser) {
        return new Documents(Map.of(PDF, parser));
    }

    private static void assertFails(Documents documents, Duration within, PageFailure.Kind kind, String sentence) {
        assertThatExceptionOfType(PageFailure.class)
                .isThrownBy(() -> documents.parse(PAGE, within))
                .withMessage(sentence)
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(kind));
    }

    @Test
    void aFetchedDocumentHasATitleAndATextAndNoLinks() {
        assertThat(new ReadPages((url, within) -> PAGE, by(PLAIN)).fetch(PAGE.url()))
                .isEqualTo(new Fetched.Page("A title", "Fold paper.\nTwice.", List.of()));
    }

    @Test
    void itsPassagesTakeTheSnippetsPlace() {
        List<QuotableResult> read = new PageReader(
                        1, (url, within) -> PAGE, new PassageRanking(Optional.empty()), by(PLAIN))
                .read(
                        "fold paper",
                        List.of(new Result("Title", PAGE.url(), "snippet", 1, List.of("web"), Optional.empty())),
                        AMPLE);
        assertThat(read).singleElement().satisfies(page -> assertThat(page.passages())
                .extracting(scored -> scored.passage().text())
                .containsExactly("Fold paper. Twice."));
    }

    @Test
    void itIsFetchedWhereThereIsAParserForIt() {
        try (LoopbackSite site = new LoopbackSite()) {
            site.on("/x.pdf", PDF, "Fold paper.");
            FetchRules rules = new FetchRules(Set.of(), Set.of(site.host()));
            Documents documents = by(PLAIN);
            try (PageFetcher fetcher = new PageFetcher("test/1", rules, documents.types());
                    PageFetcher without = new PageFetcher("test/1", rules)) {
                assertThat(new ReadPages(fetcher::fetch, documents).fetch(site.url("/x.pdf")))
                        .isEqualTo(new Fetched.Page("A title", "Fold paper.", List.of()));
                assertThat(new ReadPages(without::fetch, Documents.none()).fetch(site.url("/x.pdf")))
                        .isEqualTo(new Fetched.Failed("The page is neither text nor HTML nor JSON."));
            }
        }
    }

    @Test
    void aDocumentThatCannotBeReadIsAFailureWithASentence() {
        Documents broken = by((content, limits) -> {
            throw new PluginFailure.Permanent(FailureCode.INVALID_REQUEST, "The PDF is encrypted.");
        });
        assertFails(broken, AMPLE, PageFailure.Kind.UNREADABLE, "The PDF is encrypted.");
        assertThat(new ReadPages((url, within) -> PAGE, broken).fetch(PAGE.url()))
                .isEqualTo(new Fetched.Failed("The PDF is encrypted."));
        Documents faulty = by((content, limits) -> {
            throw new StackOverflowError();
        });
        assertFails(faulty, AMPLE, PageFailure.Kind.UNREADABLE, "The document cannot be read.");
        assertFails(Documents.none(), AMPLE, PageFailure.Kind.WRONG_TYPE, "The page is of a type that is not read.");
    }

    @Test
    void aParserThatTakesTooLongIsInterrupted() throws InterruptedException {
        CountDownLatch interrupted = new CountDownLatch(1);
        Documents slow = by((content, limits) -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            throw new PluginFailure.Cancelled();
        });
        assertFails(slow, Duration.ofMillis(50), PageFailure.Kind.TIMEOUT, "The page could not be read in time.");
        interrupted.await();
    }

    @Test
    void parsersThatHeedNoInterruptKeepTwoThreadsAndNoMore() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(2);
        Documents stuck = by((content, limits) -> {
            while (end.getCount() > 0) {
                Thread.interrupted();
                Thread.onSpinWait();
            }
            ended.countDown();
            return PLAIN.parse(content, limits);
        });
        Duration little = Duration.ofMillis(50);
        assertFails(stuck, little, PageFailure.Kind.TIMEOUT, "The page could not be read in time.");
        assertFails(stuck, little, PageFailure.Kind.TIMEOUT, "The page could not be read in time.");
        assertFails(stuck, little, PageFailure.Kind.TIMEOUT, "Too many pages are being read at once.");
        end.countDown();
        ended.await();
        assertThat(stuck.parse(PAGE, AMPLE).title()).isPresent();
    }

    @Test
    void whoeverNoLongerWaitsHasTheParserStopped() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        Documents slow = by((content, limits) -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            throw new PluginFailure.Cancelled();
        });
        Thread caller = Thread.ofVirtual()
                .start(() -> assertFails(slow, AMPLE, PageFailure.Kind.CANCELLED, "The page is no longer waited for."));
        begun.await();
        caller.interrupt();
        interrupted.await();
        caller.join();
    }
}
