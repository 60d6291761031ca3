package ai.orchestrator.server.search;

import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.server.orchestration.WebSearch.Enrichment;
import ai.orchestrator.server.orchestration.WebSearch.Findings;
import ai.orchestrator.server.orchestration.WebSearch.Report;
import ai.orchestrator.server.search.page.QuotableResult;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A request's question with as much of what was found quoted before it as a model has room for. */
final class QuotedFindings implements Findings {
    private static final Logger LOG = LoggerFactory.getLogger(QuotedFindings.class);

    private final Prompt prompt;
    private final List<Message> messages;
    private final int index;
    private final List<QuotableResult> results;
    private final Report report;
    private final Optional<Instant> expiresAt;
    private final String tag;
    private final LocalDate today;
    private final Map<Integer, Enrichment> made = new HashMap<>();

    /** @param index where the question is among the messages */
    QuotedFindings(
            Prompt prompt,
            List<Message> messages,
            int index,
            List<QuotableResult> results,
            Report report,
            Optional<Instant> expiresAt,
            String tag,
            LocalDate today) {
        this.prompt = prompt;
        this.messages = messages;
        this.index = index;
        this.results = results;
        this.report = report;
        this.expiresAt = expiresAt;
        this.tag = tag;
        this.today = today;
    }

    @Override
    public Enrichment forContext(int context) {
        try {
            return made.computeIfAbsent(context, this::enrich);
        } catch (RuntimeException e) {
            LOG.error("what was found could not be quoted, by a fault of this server", e);
            return new Enrichment(prompt, List.of(), "failed");
        }
    }

    private Enrichment enrich(int context) {
        int room = (int) Math.min(context * PromptSize.BYTES_PER_TOKEN / 4, Integer.MAX_VALUE);
        Evidence evidence = Evidence.of(results, tag, room - Evidence.frame(tag));
        String summary = report.summary(evidence.sources().size());
        if (evidence.sources().isEmpty()) {
            return new Enrichment(prompt, List.of(), summary, expiresAt);
        }
        Message question = messages.get(index);
        List<Message> enriched = new ArrayList<>(messages);
        enriched.set(index, question.withContent(evidence.before(question.content(), tag, today)));
        return new Enrichment(new Prompt.Chat(enriched), evidence.sources(), summary, expiresAt);
    }
}
