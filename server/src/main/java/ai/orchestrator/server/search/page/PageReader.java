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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the pages of the best results, and puts what they say about the question in the place of the engines' snippets. */
public final class PageReader {
    /** Where pages come from; throws {@link PageFailure}. */
    @FunctionalInterface
    public interface Pages {
        FetchedPage fetch(String url, Duration within);
    }

    private static final Logger LOG = LoggerFactory.getLogger(PageReader.class);

    /** Less time than this is not worth a connection. */
    private static final Duration LEAST = Duration.ofMillis(50);

    /** Passages of one page, about as much as is quoted of a source. */
    private static final int MOST_CHARS = 1_080;

    private record Found(int result, Passage passage, double score) {}

    private final int pages;
    private final Pages source;
    private final PassageScorer scorer;
    private final Documents documents;
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
                (question, passages) -> new double[passages.size()]);
    }

    /**
     * The results, those whose pages were had in time with passages for snippets.
     *
     * @param within how long this may take
     */
    public List<Result> read(String question, List<Result> results, Duration within) {
        List<Integer> wanted = IntStream.range(0, results.size())
                .filter(i -> isWeb(results.get(i).url()))
                .limit(pages)
                .boxed()
                .toList();
        if (wanted.isEmpty() || within.compareTo(LEAST) < 0) {
            return results;
        }
        Map<Integer, String> texts = best(question, fetch(wanted, results, within));
        return IntStream.range(0, results.size())
                .mapToObj(i -> texts.containsKey(i) ? with(results.get(i), texts.getOrDefault(i, "")) : results.get(i))
                .toList();
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
            return documents.read(page)
                    ? Passages.of(MainText.ofText(documents
                            .parse(page, Duration.ofNanos(end - System.nanoTime()))
                            .text()))
                    : Passages.of(page);
        } catch (PageFailure e) {
            LOG.debug("the page {} is not read: {}", url, e.getMessage());
            return List.of();
        } catch (RuntimeException e) {
            LOG.warn("a page could not be read by a fault of this server", e);
            return List.of();
        }
    }

    private Map<Integer, String> best(String question, Map<Integer, List<Passage>> read) {
        List<Found> all = new ArrayList<>();
        read.forEach((result, passages) -> passages.forEach(passage -> all.add(new Found(result, passage, 0))));
        double[] scores = scorer.score(
                question, all.stream().map(found -> found.passage().text()).toList());
        Map<Integer, List<Found>> byResult = IntStream.range(0, all.size())
                .mapToObj(i -> new Found(all.get(i).result(), all.get(i).passage(), scores[i]))
                .filter(found -> found.score() > 0)
                .collect(Collectors.groupingBy(Found::result));
        return byResult.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> text(entry.getValue())));
    }

    /** The best passages that fit, in the page's order. */
    private static String text(List<Found> found) {
        List<Passage> chosen = new ArrayList<>();
        int chars = 0;
        for (Found next : found.stream()
                .sorted(Comparator.comparingDouble(Found::score).reversed())
                .toList()) {
            if (chars + next.passage().text().length() <= MOST_CHARS) {
                chosen.add(next.passage());
                chars += next.passage().text().length() + 3;
            }
        }
        StringBuilder text = new StringBuilder();
        int before = -2;
        for (Passage passage :
                chosen.stream().sorted(Comparator.comparingInt(Passage::place)).toList()) {
            String gap = passage.place() == before + 1 ? " " : " … ";
            text.append(text.isEmpty() ? "" : gap).append(passage.text());
            before = passage.place();
        }
        return text.toString();
    }

    private static Result with(Result result, String text) {
        return new Result(
                result.title(),
                result.url(),
                text,
                result.score(),
                result.engines(),
                result.publishedAt(),
                result.why(),
                result.suspicious());
    }

    private static boolean isWeb(String url) {
        String small = url.substring(0, Math.min(8, url.length())).toLowerCase(Locale.ROOT);
        return small.startsWith("http://") || small.startsWith("https://");
    }
}
