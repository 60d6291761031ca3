package ai.orchestrator.server.search.page;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.server.orchestration.WebSearch.Result;
import ai.orchestrator.server.search.rerank.PassageRanking;
import ai.orchestrator.server.web.FetchedPage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PageReaderTest {
    private static final Duration AMPLE = Duration.ofSeconds(30);
    private static final String FILLER =
            "Nothing here is about the matter, and it goes on for a while. ".repeat(7) + "\n\n";

    private final List<String> fetched = new CopyOnWriteArrayList<>();

    private static Result result(String url) {
        return new Result("Title", url, "snippet", 0.5, List.of("web"), Optional.empty());
    }

    private static FetchedPage text(String url, String text) {
        return new FetchedPage(url, "text/plain", Optional.empty(), text.getBytes(StandardCharsets.UTF_8));
    }

    private PageReader reader(int pages, PageReader.Pages source) {
        return new PageReader(
                pages,
                (url, within) -> {
                    fetched.add(url);
                    return source.fetch(url, within);
                },
                new PassageRanking(Optional.empty()));
    }

    private static String quotable(QuotableResult result) {
        return result.passages().stream().map(scored -> scored.passage().text()).collect(Collectors.joining(" | "));
    }

    @Test
    void thePassagesThatHaveToDoWithTheQuestionAreInThePagesOrderWithTheirScores() {
        String page =
                FILLER + "Mountain folds point up.\n\n" + FILLER + FILLER + "Valley folds point down.\n\n" + FILLER;
        QuotableResult read = reader(3, (url, within) -> text(url, page))
                .read("mountain or valley folds", List.of(result("https://a.org/")), AMPLE)
                .getFirst();
        assertThat(read.read()).isTrue();
        assertThat(read.passages()).hasSize(2).allSatisfy(passage -> assertThat(passage.score())
                .isPositive());
        assertThat(quotable(read)).containsSubsequence("Mountain folds point up.", "Valley folds point down.");
    }

    @Test
    void onlyTheFirstWebPagesAreRead() {
        List<Result> results = List.of(
                result("doc:a.md"), result("https://a.org/"), result("HTTP://b.org/"), result("https://c.org/"));
        PageReader.Pages pages = (url, within) -> text(url, "fold paper");
        assertThat(reader(2, pages).read("fold paper", results, AMPLE))
                .extracting(PageReaderTest::quotable)
                .containsExactly("snippet", "fold paper", "fold paper", "snippet");
        assertThat(fetched).containsExactlyInAnyOrder("https://a.org/", "HTTP://b.org/");
        assertThat(reader(0, pages).read("fold paper", results, AMPLE))
                .extracting(PageReaderTest::quotable)
                .containsOnly("snippet");
        assertThat(PageReader.none().read("fold paper", results, AMPLE))
                .extracting(QuotableResult::result)
                .isEqualTo(results);
    }

    @Test
    void whatCannotBeReadOrSaysNothingOfItKeepsItsSnippet() {
        List<Result> results = List.of(result("https://a.org/"), result("https://b.org/"), result("https://c.org/"));
        List<QuotableResult> read = reader(3, (url, within) -> {
                    if (url.contains("a.org")) {
                        throw new IllegalStateException("a fault");
                    }
                    return text(url, url.contains("b.org") ? "about something else" : "");
                })
                .read("fold paper", results, AMPLE);
        assertThat(read).extracting(QuotableResult::result).isEqualTo(results);
        assertThat(read).extracting(PageReaderTest::quotable).containsOnly("snippet");
        assertThat(read).extracting(QuotableResult::read).containsOnly(false);
    }

    @Test
    void aSnippetIsScoredWhateverBecameOfItsPage() {
        Result fitting =
                new Result("Title", "https://a.org/", "How to fold paper.", 1, List.of("web"), Optional.empty());
        List<QuotableResult> read = reader(3, (url, within) -> {
                    throw new IllegalStateException("a fault");
                })
                .read("fold paper", List.of(fitting, result("https://b.org/")), AMPLE);
        assertThat(read.getFirst().passages().getFirst().score()).isPositive();
        assertThat(read.getLast().passages().getFirst().score()).isZero();
    }

    @Test
    void pagesAreReadAtTheSameTimeAndALateOneIsLeft() {
        CountDownLatch both = new CountDownLatch(2);
        CountDownLatch never = new CountDownLatch(1);
        List<QuotableResult> read = reader(3, (url, within) -> {
                    boolean late = url.contains("late");
                    both.countDown();
                    await(late ? never : both);
                    return text(url, "fold paper");
                })
                .read(
                        "fold paper",
                        List.of(result("https://late.org/"), result("https://a.org/")),
                        Duration.ofSeconds(3));
        assertThat(read).extracting(PageReaderTest::quotable).containsExactly("snippet", "fold paper");
    }

    @Test
    void withoutTimeNothingIsFetched() {
        List<Result> results = List.of(result("https://a.org/"));
        assertThat(reader(3, (url, within) -> text(url, "fold paper"))
                        .read("fold paper", results, Duration.ofMillis(-5)))
                .extracting(PageReaderTest::quotable)
                .containsExactly("snippet");
        assertThat(fetched).isEmpty();
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody came");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
