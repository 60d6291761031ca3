package ai.orchestrator.server.orchestration;

import ai.orchestrator.plugin.model.Prompt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Finds evidence, by all configured engines at once. */
public interface WebSearch {
    /**
     * The best results for a query, best first. A failing engine costs its results, never the search.
     *
     * @param maxResults 1 to 50
     */
    Report search(String query, int maxResults);

    /** The same for a model: without results that seem to command it, the next best in their places. */
    default Report searchForModel(String query, int maxResults) {
        return search(query, maxResults).withoutSuspicious(maxResults);
    }

    /** Whether anything of the query would be searched for; not where it is nothing but signs, addresses and secrets. */
    default boolean searchable(String query) {
        return !query.isBlank();
    }

    /** What the last question of a request asks for, made to stand alone where it leans on those before it. */
    default String question(ChatRequest request) {
        return request.question();
    }

    /**
     * Finds something for the question of a request. Never fails.
     *
     * @param left how long the whole answer may still take; the search takes no more than half of it
     */
    Findings enrich(ChatRequest request, Optional<Duration> left);

    /**
     * What looks an answer to an enriched prompt through on its way to the client; a new one for each answer.
     *
     * @param listed whether it says below the answer what that cites
     */
    default AnswerText checked(List<Source> sources, boolean listed) {
        return AnswerText.asItIs();
    }

    /**
     * What a search found.
     *
     * @param engines every engine that was asked
     * @param dropped how many results were left out since they seem to command a model
     */
    record Report(List<Result> results, List<EngineOutcome> engines, Duration took, int dropped) {
        /** Nothing was left out. */
        public Report(List<Result> results, List<EngineOutcome> engines, Duration took) {
            this(results, engines, took, 0);
        }

        /** The first results that do not seem to command a model. */
        public Report withoutSuspicious(int most) {
            List<Result> kept = new ArrayList<>();
            int left = 0;
            for (Result result : results) {
                if (kept.size() < most && result.suspicious().isPresent()) {
                    left++;
                } else if (kept.size() < most) {
                    kept.add(result);
                }
            }
            return new Report(List.copyOf(kept), engines, took, dropped + left);
        }

        /** Whether there was nobody to ask, or nobody answered. */
        public boolean failed() {
            return engines.stream().allMatch(engine -> engine.failure().isPresent());
        }

        /**
         * What was done, in the form of {@code X-Search}: {@code local=3,searxng=failed; results=4; dropped=1; ms=120}, without
         * {@code dropped} where it is none.
         *
         * @param used how many of the results are made use of
         */
        public String summary(int used) {
            return SearchSummary.of(this, used);
        }
    }

    /**
     * A result, plain text throughout.
     *
     * @param score higher is better; comparable within one report
     * @param engines who found it
     * @param why what the score is made of
     * @param suspicious why no model should read it, such as {@code tells its reader to forget instructions}; mostly empty
     */
    record Result(
            String title,
            String url,
            String snippet,
            double score,
            List<String> engines,
            Optional<Instant> publishedAt,
            Why why,
            Optional<String> suspicious) {
        /** A result that has not been looked at for commands. */
        public Result(
                String title,
                String url,
                String snippet,
                double score,
                List<String> engines,
                Optional<Instant> publishedAt,
                Why why) {
            this(title, url, snippet, score, engines, publishedAt, why, Optional.empty());
        }

        /** The same, suspicious for this reason. */
        public Result suspicious(Optional<String> reason) {
            return new Result(title, url, snippet, score, engines, publishedAt, why, reason);
        }

        /** A result that says nothing of its score. */
        public Result(
                String title,
                String url,
                String snippet,
                double score,
                List<String> engines,
                Optional<Instant> publishedAt) {
            this(title, url, snippet, score, engines, publishedAt, Why.UNKNOWN);
        }
    }

    /**
     * Why a result ranks where it does.
     *
     * @param places where the engines had it, one for each
     * @param freshness what its score is multiplied by: 0.5 to 1 for a question about the present, else 1
     * @param fit how well it fits the question; empty where only the engines' places count
     */
    record Why(List<Place> places, double freshness, Optional<Fit> fit) {
        /** Nobody can tell. */
        public static final Why UNKNOWN = new Why(List.of(), 1);

        public Why {
            places = List.copyOf(places);
        }

        /** By the engines' places alone. */
        public Why(List<Place> places, double freshness) {
            this(places, freshness, Optional.empty());
        }
    }

    /**
     * How well a result fits the question, beside the other good ones.
     *
     * @param words by its words, 0 to 1
     * @param meaning the cosine of its vector and the question's, -1 to 1; empty where there were no vectors in time
     * @param relevance what the reranker says that the operator names; empty where there is none, or it said nothing in time
     */
    record Fit(double words, OptionalDouble meaning, OptionalDouble relevance) {}

    /**
     * A result's place among those of one engine.
     *
     * @param rank from 1
     * @param weight what the operator has the engine count
     * @param share what it adds to the score
     */
    record Place(String engine, int rank, double weight, double share) {}

    /**
     * How an engine did.
     *
     * @param failure one sentence; empty if it answered
     * @param cached whether it had answered the same before and was not asked again
     */
    record EngineOutcome(String engine, int results, Duration took, Optional<String> failure, boolean cached) {
        /** One that was asked. */
        public EngineOutcome(String engine, int results, Duration took, Optional<String> failure) {
            this(engine, results, took, failure, false);
        }
    }

    /** What was found for a request, to be put into words for each model that is asked. Used by one thread. */
    @FunctionalInterface
    interface Findings {
        /**
         * The prompt with what was found for its question, which takes at most a quarter of the context; the same prompt where nothing was.
         *
         * @param context in tokens
         */
        Enrichment forContext(int context);
    }

    /**
     * A prompt with its evidence.
     *
     * @param summary for {@code X-Search}: {@code none} where no engine is configured
     * @param expiresAt when what was found is too old for an answer made with it to be given again; empty where nothing was looked for
     */
    record Enrichment(Prompt prompt, List<Source> sources, String summary, Optional<Instant> expiresAt) {
        /** One that an answer may outlive. */
        public Enrichment(Prompt prompt, List<Source> sources, String summary) {
            this(prompt, sources, summary, Optional.empty());
        }
    }
}
