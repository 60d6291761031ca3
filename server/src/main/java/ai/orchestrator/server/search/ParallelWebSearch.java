package ai.orchestrator.server.search;

import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.search.SearchQuery;
import ai.orchestrator.plugin.search.SearchQuery.Freshness;
import ai.orchestrator.server.orchestration.AnswerText;
import ai.orchestrator.server.orchestration.ChatRequest;
import ai.orchestrator.server.orchestration.Source;
import ai.orchestrator.server.orchestration.WebSearch;
import ai.orchestrator.server.search.answer.CitedText;
import ai.orchestrator.server.search.page.PageReader;
import ai.orchestrator.server.search.rerank.Reranker;
import com.github.benmanes.caffeine.cache.Ticker;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Searches with all configured engines at once, under one deadline. */
public final class ParallelWebSearch implements WebSearch {
    private static final Logger LOG = LoggerFactory.getLogger(ParallelWebSearch.class);
    private static final int MOST_RESULTS = 50;

    /** More than are wanted, since engines find the same pages and a host counts only twice. */
    private static final int SPARE_RESULTS = 5;

    /** What reading pages has at least, where slow engines leave nothing of the deadline. */
    private static final Duration READING = Duration.ofSeconds(2);

    private static final String SKIPPED = "skipped";

    private final FanOut engines;
    private final boolean configured;
    private final SearchCounts counts;
    private final HostRules hosts;
    private final CloserLook closerLook;
    private final Duration deadline;
    private final int maxResults;
    private final PageReader pages;
    private final InstantSource clock;
    private final TimeWords timeWords;
    private final SecureRandom random = new SecureRandom();

    /**
     * @param engines may be empty
     * @param hosts whose pages may be shown
     * @param reranker looks closer at the best pages; without one, the engines' places alone count
     * @param pages reads the best results' pages for an enriched prompt, within what is left of the deadline
     * @param deadline how long the engines may take in all
     * @param maxResults most sources of an enriched prompt, 1 to 50
     */
    public ParallelWebSearch(
            List<NamedEngine> engines,
            HostRules hosts,
            Optional<Reranker> reranker,
            PageReader pages,
            Duration deadline,
            int maxResults) {
        this(engines, hosts, reranker, pages, deadline, maxResults, InstantSource.system(), Ticker.systemTicker());
    }

    ParallelWebSearch(
            List<NamedEngine> engines,
            HostRules hosts,
            Optional<Reranker> reranker,
            PageReader pages,
            Duration deadline,
            int maxResults,
            InstantSource clock,
            Ticker ticker) {
        EngineCache cache = new EngineCache(ticker);
        this.engines = new FanOut(engines.stream()
                .map(engine -> new GuardedEngine(engine, cache, deadline, ticker::read))
                .toList());
        this.configured = !engines.isEmpty();
        this.counts = new SearchCounts(engines.stream().map(NamedEngine::name).toList());
        this.hosts = hosts;
        this.closerLook = new CloserLook(reranker);
        this.deadline = deadline;
        this.maxResults = Math.clamp(maxResults, 1, MOST_RESULTS);
        this.pages = pages;
        this.clock = clock;
        this.timeWords = new TimeWords(clock);
    }

    /** How searching has gone since the start. */
    public SearchReport report() {
        return counts.report();
    }

    /** {@inheritDoc} Secrets and addresses are taken out of the query before it leaves, and it is cut to 400 characters. */
    @Override
    public Report search(String query, int wanted) {
        return search(query, wanted, deadline).report();
    }

    @Override
    public Report searchForModel(String query, int wanted) {
        Report kept =
                search(query, Math.min(MOST_RESULTS, wanted + SPARE_RESULTS)).withoutSuspicious(wanted);
        counts.addDropped(kept.dropped());
        return kept;
    }

    @Override
    public boolean searchable(String query) {
        return !QueryText.of(query).isEmpty();
    }

    /**
     * What a search found.
     *
     * @param expiresAt when that is too old for an answer made with it to be given again
     */
    private record Search(Report report, Instant expiresAt) {}

    private Search search(String query, int wanted, Duration within) {
        long start = System.nanoTime();
        Instant now = clock.instant();
        String text = QueryText.of(query);
        if (text.isEmpty() || !configured) {
            return new Search(new Report(List.of(), List.of(), Duration.ZERO), now);
        }
        int most = Math.clamp(wanted, 1, MOST_RESULTS);
        Freshness freshness = timeWords.freshness(query);
        List<FanOut.Answer> answers = engines.ask(new SearchQuery(
                text,
                Math.clamp(most + SPARE_RESULTS, CloserLook.PAGES, MOST_RESULTS),
                Optional.empty(),
                freshness,
                within));
        List<EngineOutcome> outcomes =
                answers.stream().map(FanOut.Answer::outcome).toList();
        if (!Thread.currentThread().isInterrupted()) {
            counts.add(outcomes, now);
        }
        List<Sighting> sightings = answers.stream()
                .flatMap(answer -> answer.sightings().stream())
                .filter(sighting -> hosts.admits(sighting.hit().page().host()))
                .toList();
        List<Page> pages = new RankFusion(freshness, now).fuse(sightings, MOST_RESULTS);
        Duration left = within.minusNanos(System.nanoTime() - start);
        List<Result> results = Screened.of(closerLook.order(text, pages, most, left));
        Report report = new Report(results, outcomes, Duration.ofNanos(System.nanoTime() - start));
        return new Search(report, Shelf.of(freshness, answers, now));
    }

    @Override
    public String question(ChatRequest request) {
        if (request.prompt() instanceof Prompt.Chat(List<Message> messages) && questionAt(messages) >= 0) {
            return FollowUp.resolve(turns(messages, questionAt(messages)));
        }
        return request.question();
    }

    @Override
    public Findings enrich(ChatRequest request, Optional<Duration> left) {
        if (!configured) {
            return unchanged(request, "none");
        }
        // found text must not steer a tool, and which of the client's tools are harmless nobody knows
        if (!(request.prompt() instanceof Prompt.Chat(List<Message> messages))
                || !request.tools().isEmpty()
                || questionAt(messages) < 0
                || Evidence.isIn(messages.get(questionAt(messages)).content())) {
            return unchanged(request, SKIPPED);
        }
        try {
            return enrich(request, messages, questionAt(messages), left);
        } catch (RuntimeException e) {
            LOG.error("a search failed in an unexpected way", e);
            return unchanged(request, "failed");
        }
    }

    /** Not more than half of what is left, since the model needs time for its answer, too. */
    private static Duration half(Optional<Duration> left, Duration most) {
        return left.map(time -> time.dividedBy(2))
                .filter(half -> half.compareTo(most) < 0)
                .orElse(most);
    }

    private static Duration longest(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private Findings enrich(ChatRequest request, List<Message> messages, int index, Optional<Duration> left) {
        long start = System.nanoTime();
        String question = question(request);
        Search search = search(question, Math.min(MOST_RESULTS, maxResults + SPARE_RESULTS), half(left, deadline));
        Report found = search.report();
        if (found.engines().isEmpty()) {
            return unchanged(request, SKIPPED);
        }
        Report safe = found.withoutSuspicious(MOST_RESULTS);
        Duration spent = Duration.ofNanos(System.nanoTime() - start);
        Screened.Kept kept = Screened.keep(
                pages.read(
                        question,
                        safe.results(),
                        half(left, longest(deadline, spent.plus(READING))).minus(spent)),
                maxResults);
        int dropped = safe.dropped() + kept.dropped();
        counts.addDropped(dropped);
        Report report =
                new Report(safe.results(), found.engines(), Duration.ofNanos(System.nanoTime() - start), dropped);
        return new QuotedFindings(
                request.prompt(),
                messages,
                index,
                kept.results(),
                report,
                Optional.of(search.expiresAt()),
                "evidence-" + HexFormat.of().toHexDigits(random.nextInt()),
                LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
    }

    /** What the user said, up to the question. */
    private static List<String> turns(List<Message> messages, int index) {
        return messages.subList(0, index + 1).stream()
                .filter(message -> message.role().equals("user"))
                .map(Message::content)
                .toList();
    }

    @Override
    public AnswerText checked(List<Source> sources, boolean listed) {
        return new CitedText(sources, listed);
    }

    /** Where the last user message is; -1 if there is none. */
    private static int questionAt(List<Message> messages) {
        return IntStream.range(0, messages.size())
                .filter(i -> messages.get(i).role().equals("user"))
                .max()
                .orElse(-1);
    }

    private static Findings unchanged(ChatRequest request, String summary) {
        Enrichment same = new Enrichment(request.prompt(), List.of(), summary);
        return context -> same;
    }
}
