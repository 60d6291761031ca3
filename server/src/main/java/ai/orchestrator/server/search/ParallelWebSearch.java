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
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
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

    private static final String SKIPPED = "skipped";

    private final FanOut engines;
    private final boolean configured;
    private final Duration deadline;
    private final int maxResults;
    private final int evidenceChars;
    private final PageReader pages;
    private final InstantSource clock;
    private final TimeWords timeWords;
    private final SecureRandom random = new SecureRandom();

    /**
     * @param engines may be empty
     * @param deadline how long the engines may take in all
     * @param maxResults most sources of an enriched prompt, 1 to 50
     * @param evidenceChars most characters of all sources in an enriched prompt
     */
    public ParallelWebSearch(List<NamedEngine> engines, Duration deadline, int maxResults, int evidenceChars) {
        this(engines, deadline, maxResults, evidenceChars, PageReader.none());
    }

    /**
     * Such a search that reads the pages of its best results for an enriched prompt.
     *
     * @param pages within what is left of the deadline
     */
    public ParallelWebSearch(
            List<NamedEngine> engines, Duration deadline, int maxResults, int evidenceChars, PageReader pages) {
        this(engines, deadline, maxResults, evidenceChars, pages, InstantSource.system());
    }

    ParallelWebSearch(
            List<NamedEngine> engines, Duration deadline, int maxResults, int evidenceChars, InstantSource clock) {
        this(engines, deadline, maxResults, evidenceChars, PageReader.none(), clock);
    }

    ParallelWebSearch(
            List<NamedEngine> engines,
            Duration deadline,
            int maxResults,
            int evidenceChars,
            PageReader pages,
            InstantSource clock) {
        this.engines = new FanOut(engines.stream()
                .map(engine -> new GuardedEngine(engine, deadline, System::nanoTime))
                .toList());
        this.configured = !engines.isEmpty();
        this.deadline = deadline;
        this.maxResults = Math.clamp(maxResults, 1, MOST_RESULTS);
        this.evidenceChars = evidenceChars;
        this.pages = pages;
        this.clock = clock;
        this.timeWords = new TimeWords(clock);
    }

    /** {@inheritDoc} Secrets and addresses are taken out of the query before it leaves, and it is cut to 400 characters. */
    @Override
    public Report search(String query, int wanted) {
        return search(query, wanted, deadline);
    }

    private Report search(String query, int wanted, Duration within) {
        long start = System.nanoTime();
        String text = QueryText.of(query);
        if (text.isEmpty()) {
            return new Report(List.of(), List.of(), Duration.ZERO);
        }
        int most = Math.clamp(wanted, 1, MOST_RESULTS);
        Freshness freshness = timeWords.freshness(query);
        List<FanOut.Answer> answers = engines.ask(new SearchQuery(
                text, Math.min(MOST_RESULTS, most + SPARE_RESULTS), Optional.empty(), freshness, within));
        List<Result> results = new RankFusion(freshness, clock.instant())
                .fuse(answers.stream().map(FanOut.Answer::hits).toList(), most);
        return new Report(
                results,
                answers.stream().map(FanOut.Answer::outcome).toList(),
                Duration.ofNanos(System.nanoTime() - start));
    }

    @Override
    public Enrichment enrich(ChatRequest request, Optional<Duration> left) {
        if (!configured) {
            return unchanged(request, "none");
        }
        // found text must not steer a tool, and which of the client's tools are harmless nobody knows
        if (!(request.prompt() instanceof Prompt.Chat(List<Message> messages))
                || !request.tools().isEmpty()
                || question(messages) < 0) {
            return unchanged(request, SKIPPED);
        }
        try {
            return enrich(request, messages, question(messages), within(left));
        } catch (RuntimeException e) {
            LOG.error("a search failed in an unexpected way", e);
            return unchanged(request, SearchSummary.FAILED);
        }
    }

    /** The model needs time for its answer, too. */
    private Duration within(Optional<Duration> left) {
        return left.map(time -> time.dividedBy(2))
                .filter(half -> half.compareTo(deadline) < 0)
                .orElse(deadline);
    }

    private Enrichment enrich(ChatRequest request, List<Message> messages, int index, Duration within) {
        String question = messages.get(index).content();
        long start = System.nanoTime();
        Report found = search(question, maxResults, within);
        if (found.engines().isEmpty()) {
            return unchanged(request, SKIPPED);
        }
        Report report = read(question, found, start, within);
        String tag = "evidence-" + HexFormat.of().toHexDigits(random.nextLong());
        Evidence evidence = Evidence.of(report.results(), tag, evidenceChars);
        String summary = SearchSummary.of(report, evidence.sources().size());
        if (evidence.sources().isEmpty()) {
            return unchanged(request, summary);
        }
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        List<Message> enriched = new ArrayList<>(messages);
        enriched.set(index, messages.get(index).withContent(evidence.before(question, tag, today)));
        return new Enrichment(new Prompt.Chat(enriched), evidence.sources(), summary);
    }

    /** What was found, with what its pages say. */
    private Report read(String question, Report found, long start, Duration within) {
        List<Result> read = pages.read(question, found.results(), within.minusNanos(System.nanoTime() - start));
        return new Report(read, found.engines(), Duration.ofNanos(System.nanoTime() - start));
    }

    @Override
    public AnswerText checked(List<Source> sources) {
        return new CitedText(sources);
    }

    /** Where the last user message is; -1 if there is none. */
    private static int question(List<Message> messages) {
        return IntStream.range(0, messages.size())
                .filter(i -> messages.get(i).role().equals("user"))
                .max()
                .orElse(-1);
    }

    private static Enrichment unchanged(ChatRequest request, String summary) {
        return new Enrichment(request.prompt(), List.of(), summary);
    }
}
