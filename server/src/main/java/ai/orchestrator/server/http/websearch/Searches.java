package ai.orchestrator.server.http.websearch;

import ai.orchestrator.plugin.model.ResponseFormat;
import ai.orchestrator.plugin.model.ToolCall;
import ai.orchestrator.server.http.CallArguments;
import ai.orchestrator.server.http.HttpProblem;
import ai.orchestrator.server.orchestration.AnswerText;
import ai.orchestrator.server.orchestration.ChatRequest;
import ai.orchestrator.server.orchestration.SearchEvidence;
import ai.orchestrator.server.orchestration.Source;
import ai.orchestrator.server.orchestration.WebSearch;
import ai.orchestrator.server.unicode.Surrogates;
import java.util.ArrayList;
import java.util.List;

/** The searches for one answer. */
final class Searches {
    private static final int RESULTS = 5;

    /** What is asked for where some results will be left out. */
    private static final int RESULTS_TO_FILTER = 10;

    private static final int MAX_QUERY = 400;

    private final WebSearch search;
    private final SearchEvidence evidence;
    private final SearchTool tool;
    private final List<String> summaries = new ArrayList<>();
    private final List<Source> sources = new ArrayList<>();
    private int made;
    private boolean over;

    Searches(WebSearch search, SearchEvidence evidence, SearchTool tool) {
        this.search = search;
        this.evidence = evidence;
        this.tool = tool;
    }

    /** Whether another search would make no sense. */
    boolean over() {
        return over;
    }

    /** Searches, if that is still allowed. */
    SearchOutcome make(String query) {
        if (made >= tool.maxSearches()) {
            over = true;
            return new SearchOutcome.Failed(SearchOutcome.Reason.MAX_USES_EXCEEDED);
        }
        made++;
        if (query.isEmpty()) {
            return new SearchOutcome.Failed(SearchOutcome.Reason.INVALID_REQUEST);
        }
        WebSearch.Report report = search.searchForModel(query, tool.filters() ? RESULTS_TO_FILTER : RESULTS);
        List<WebSearch.Result> allowed = report.results().stream()
                .filter(result -> tool.allows(result.url()))
                .limit(RESULTS)
                .toList();
        summaries.add(report.summary(allowed.size()));
        if (report.failed()) {
            over = true;
            if (tool.required()) {
                throw new HttpProblem(
                        502,
                        "web search is unavailable: "
                                + (report.engines().isEmpty()
                                        ? "there is no search engine to ask, since none is configured or no_cloud leaves none"
                                        : "no search engine answered"));
            }
            return new SearchOutcome.Failed(SearchOutcome.Reason.UNAVAILABLE);
        }
        return new SearchOutcome.Found(allowed);
    }

    /** What was done, in the form of {@code X-Search}; empty where no search was made. */
    String summary() {
        return String.join(" | ", summaries);
    }

    /** What the question of a request, made to stand alone, looks for. */
    String question(ChatRequest request) {
        return cut(search.question(request));
    }

    /** What was found, as quoted data; empty where there is nothing to quote. Its numbers follow those of the searches before it: once for each. */
    String quoted(SearchOutcome outcome) {
        if (outcome instanceof SearchOutcome.Found(List<WebSearch.Result> results)) {
            SearchEvidence.Quoted quoted = evidence.quote(results, sources.size() + 1);
            sources.addAll(quoted.sources());
            return quoted.text();
        }
        return "";
    }

    /** What the answer may cite of all that was quoted so far. */
    List<Source> sources() {
        return List.copyOf(sources);
    }

    /**
     * What the text goes through that a model writes now. Found text can make it write what no reader should meet; where nothing was found yet
     * there is none, and a form that a program reads has no citations to check.
     */
    AnswerText text(ResponseFormat format) {
        return sources.isEmpty() || !(format instanceof ResponseFormat.Text)
                ? AnswerText.asItIs()
                : search.checked(sources(), false);
    }

    /** What the model is told of an outcome, once. */
    String words(SearchOutcome outcome) {
        return switch (outcome) {
            case SearchOutcome.Found _ -> {
                String quoted = quoted(outcome);
                yield quoted.isEmpty() ? "The search found nothing." : quoted;
            }
            case SearchOutcome.Failed(SearchOutcome.Reason reason) -> reason.sentence();
        };
    }

    /** What a call asks for; empty where that is not to be made out. */
    static String query(ToolCall call) {
        return cut(CallArguments.of(call).path("query").asText(""));
    }

    /** The text, or its beginning if it is too long to search for. */
    static String cut(String text) {
        String query = text.strip();
        return Surrogates.repair(query.length() <= MAX_QUERY ? query : query.substring(0, MAX_QUERY))
                .strip();
    }
}
