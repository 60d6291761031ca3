package ai.orchestrator.server.search.page;

import ai.orchestrator.server.orchestration.WebSearch.Result;
import ai.orchestrator.server.web.FetchedPage;
import ai.orchestrator.server.web.PageFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the pages of the best results, and finds what they say about the question. */
public final class PageReader {
    /** Where pages come from; throws {@link PageFailure}. */
    @FunctionalInterface
    public interface Pages {
        FetchedPage fetch(String url, Duration within);
    }

    private static final Logger LOG = LoggerFactory.getLogger(PageReader.class);

    /** Of one page; more than can be quoted of it. */
    private static final int MOST_PASSAGES = 8;

    /** Less time than this is not worth a connection. */
    private static final Duration LEAST = Duration.ofMillis(50);

    /** What choosing passages has, in nanoseconds, however long the pages took to come. */
    private static final long LEAST_SCORING = 300_000_000;

    private static final long MOST_SCORING = 800_000_000;

    private final int pages;
    private final Pages source;
    private final PassageScorer scorer;
    private final Documents documents;
    private final ParsingThreads parsing = new ParsingThreads("page");
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("page-", 0).factory());

    /** @param pages how many results' pages are read; 0 reads none */
    public PageReader(int pages, Pages source, PassageScorer scorer) {
        this(pages, source, scorer, Documents.none());
    }

    /**
     * One that reads documents, too.
     *
     * @param pages how many results' pages are read; 0 reads none
     */
    public PageReader(int pages, Pages source, PassageScorer scorer, Documents documents) {
        this.pages = pages;
        this.source = source;
        this.scorer = scorer;
        this.documents = documents;
    }

    /** Reads nothing. */
    public static PageReader none() {
        return new PageReader(
                0,
                (url, within) -> {
                    throw new IllegalStateException("no page is read");
                },
                (question, texts, within) -> List.of());
    }

    /**
     * The results with what may be quoted of them, those whose pages were had in time with their pages' passages.
     *
     * @param within how long this may take
     */
    public List<QuotableResult> read(String question, List<Result> results, Duration within) {
        long start = System.nanoTime();
        List<Integer> wanted = IntStream.range(0, results.size())
                .filter(i -> isWeb(results.get(i).url()))
                .limit(pages)
                .boxed()
                .toList();
        if (wanted.isEmpty() || within.compareTo(LEAST) < 0) {
            return results.stream().map(QuotableResult::unread).toList();
        }
        Map<Integer, List<Passage>> read = fetch(wanted, results, within);
        long left = within.toNanos() - (System.nanoTime() - start);
        return score(question, results, read, Duration.ofNanos(Math.clamp(left, LEAST_SCORING, MOST_SCORING)));
    }

    private Map<Integer, List<Passage>> fetch(List<Integer> wanted, List<Result> results, Duration within) {
        List<Callable<List<Passage>>> calls = wanted.stream()
                .<Callable<List<Passage>>>map(i -> () -> passages(results.get(i).url(), within))
                .toList();
        Map<Integer, List<Passage>> read = new HashMap<>();
        try {
            List<Future<List<Passage>>> ended = threads.invokeAll(calls, within.toNanos(), TimeUnit.NANOSECONDS);
            for (int i = 0; i < ended.size(); i++) {
                if (ended.get(i).state() == Future.State.SUCCESS) {
                    read.put(wanted.get(i), ended.get(i).resultNow());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return read;
    }

    private List<Passage> passages(String url, Duration within) {
        long end = System.nanoTime() + within.toNanos();
        try {
            FetchedPage page = source.fetch(url, within);
            Duration left = Duration.ofNanos(end - System.nanoTime());
            return documents.read(page)
                    ? Passages.of(MainText.ofText(documents.parse(page, left).text()))
                    : parsing.run(() -> Passages.of(page), left);
        } catch (PageFailure e) {
            LOG.debug("the page {} is not read: {}", url, e.getMessage());
        } catch (RuntimeException | ExecutionException e) {
            LOG.warn("a page could not be read by a fault of this server", e);
        }
        return List.of();
    }

    private List<QuotableResult> score(
            String question, List<Result> results, Map<Integer, List<Passage>> read, Duration within) {
        List<List<Passage>> texts = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            texts.add(read.getOrDefault(i, List.of()));
            texts.add(QuotableResult.snippet(results.get(i)));
        }
        List<double[]> scores = scorer.score(
                question,
                texts.stream()
                        .map(passages -> passages.stream().map(Passage::text).toList())
                        .toList(),
                within);
        List<QuotableResult> quotable = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            List<ScoredPassage> page = scored(texts.get(2 * i), scores.get(2 * i));
            List<ScoredPassage> snippet = scored(texts.get(2 * i + 1), scores.get(2 * i + 1));
            quotable.add(quotable(results.get(i), page, snippet));
        }
        return quotable;
    }

    private static List<ScoredPassage> scored(List<Passage> passages, double[] scores) {
        return IntStream.range(0, scores.length)
                .mapToObj(i -> new ScoredPassage(passages.get(i), scores[i]))
                .toList();
    }

    /** By its page, where that says something of the question. */
    private static QuotableResult quotable(Result result, List<ScoredPassage> page, List<ScoredPassage> snippet) {
        List<ScoredPassage> fit = page.stream()
                .filter(passage -> passage.score() > 0)
                .sorted(Comparator.comparingDouble(ScoredPassage::score).reversed())
                .limit(MOST_PASSAGES)
                .sorted(Comparator.comparingInt(passage -> passage.passage().place()))
                .toList();
        return fit.isEmpty() ? new QuotableResult(result, snippet, false) : new QuotableResult(result, fit, true);
    }

    private static boolean isWeb(String url) {
        String small = url.substring(0, Math.min(8, url.length())).toLowerCase(Locale.ROOT);
        return small.startsWith("http://") || small.startsWith("https://");
    }
}
