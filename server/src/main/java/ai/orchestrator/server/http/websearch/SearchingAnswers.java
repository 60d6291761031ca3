package ai.orchestrator.server.http.websearch;

import ai.orchestrator.server.orchestration.Answers;
import ai.orchestrator.server.orchestration.ChatRequest;
import ai.orchestrator.server.orchestration.SearchEvidence;
import ai.orchestrator.server.orchestration.WebSearch;
import java.time.Duration;

/** Answers requests whose model may search. */
public final class SearchingAnswers {
    private static final Duration MOST = Duration.ofMinutes(5);

    private final Answers answers;
    private final WebSearch search;
    private final SearchEvidence evidence;
    private final Duration deadline;

    /** On a pipeline and its engines. */
    public SearchingAnswers(Answers answers, WebSearch search, SearchEvidence evidence) {
        this(answers, search, evidence, MOST);
    }

    /** @param deadline how long an answer may take with all its searches */
    SearchingAnswers(Answers answers, WebSearch search, SearchEvidence evidence, Duration deadline) {
        this.answers = answers;
        this.search = search;
        this.evidence = evidence;
        this.deadline = deadline;
    }

    /**
     * Answers a request. A model that calls tools searches when it wants to, and is asked again with what was found; for any other the question
     * is searched for first. Each call of the model goes through the pipeline, and so does its part of the prompt.
     *
     * @throws ai.orchestrator.server.http.HttpProblem if a required search cannot be made
     */
    public void answer(ChatRequest request, SearchTool tool, boolean callsTools, SearchingSink sink) {
        Searches searches = new Searches(search, evidence, tool);
        SearchLoop loop = new SearchLoop(answers, searches, request, sink, System.nanoTime() + deadline.toNanos());
        if (callsTools) {
            loop.run(tool.definition());
        } else {
            loop.searchFirst();
        }
    }
}
