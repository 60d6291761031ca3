package ai.orchestrator.server.search.page;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.server.orchestration.WebSearch.Result;
import ai.orchestrator.server.web.FetchedPage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
                new WordOverlap());
    }

    @Test
    void theBestPassagesTakeTheSnippetsPlaceInThePagesOrder() {
        String page =
                FILLER + "Mountain folds point up.\n\n" + FILLER + FILLER + "Valley folds point down.\n\n" + FILLER;
        List<Result> read = reader(3, (url, within) -> text(url, page))
                .read("mountain and valley folds", List.of(result("https://a.org/")), AMPLE);
        String snippet = read.getFirst().snippet();
        assertThat(snippet).contains("Mountain folds point up.").hasSizeLessThan(1_101);
        assertThat(snippet.indexOf("Mountain")).isLessThan(snippet.indexOf("Valley"));
        assertThat(read.getFirst().title()).isEqualTo("Title");
    }

    @Test
    void onlyTheFirstWebPagesAreRead() {
        List<Result> results = List.of(
                result("doc:a.md"), result("https://a.org/"), result("HTTP://b.org/"), result("https://c.org/"));
        List<Result> read = reader(2, (url, within) -> text(url, "fold paper")).read("fold paper", results, AMPLE);
        assertThat(fetched).containsExactlyInAnyOrder("https://a.org/", "HTTP://b.org/");
        assertThat(read).extracting(Result::snippet).containsExactly("snippet", "fold paper", "fold paper", "snippet");
        assertThat(reader(0, (url, within) -> text(url, "fold paper")).read("fold paper", results, AMPLE))
                .isEqualTo(results);
        assertThat(PageReader.none().read("fold paper", results, AMPLE)).isEqualTo(results);
    }

    @Test
    void whatCannotBeReadOrSaysNothingOfItKeepsItsSnippet() {
        List<Result> results = List.of(result("https://a.org/"), result("https://b.org/"), result("https://c.org/"));
        List<Result> read = reader(3, (url, within) -> {
                    if (url.contains("a.org")) {
                        throw new IllegalStateException("a fault");
                    }
                    return text(url, url.contains("b.org") ? "about something else" : "");
                })
                .read("fold paper", results, AMPLE);
        assertThat(read).isEqualTo(results);
    }

    @Test
    void pagesAreReadAtTheSameTimeAndALateOneIsLeft() {
        CountDownLatch both = new CountDownLatch(2);
        CountDownLatch never = new CountDownLatch(1);
        List<Result> read = reader(3, (url, within) -> {
                    boolean late = url.contains("late");
                    both.countDown();
                    await(late ? never : both);
                    return text(url, "fold paper");
                })
                .read(
                        "fold paper",
                        List.of(result("https://late.org/"), result("https://a.org/")),
                        Duration.ofSeconds(3));
        assertThat(read).extracting(Result::snippet).containsExactly("snippet", "fold paper");
    }

    @Test
    void withoutTimeNothingIsFetched() {
        List<Result> results = List.of(result("https://a.org/"));
        assertThat(reader(3, (url, within) -> text(url, "fold paper"))
                        .read("fold paper", results, Duration.ofMillis(-5)))
                .isEqualTo(results);
        assertThat(fetched).isEmpty();
    }

    @Test
    void rareWordsOfTheQuestionCountMost() {
        double[] scores = new WordOverlap()
                .score(
                        "the \u6298\u308A\u7D19 of Paper",
                        List.of("the of the of", "PAPER of the", "\u6298\u308A\u7D19", "else"));
        assertThat(scores[1]).isGreaterThan(scores[0]);
        assertThat(scores[2]).isGreaterThan(scores[0]);
        assertThat(scores[3]).isZero();
        assertThat(new WordOverlap().score("x", List.of())).isEmpty();
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
