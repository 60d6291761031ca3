package ai.orchestrator.server.orchestration;

import ai.orchestrator.plugin.model.FinishReason;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.RemoteOrigin;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A complete answer, as it is kept.
 *
 * @param model the full name of the model that answered
 * @param route the rule that chose it
 * @param search what {@link AnswerStart#search} was
 * @param createdAt when it was made, to the millisecond
 * @param events all of them, {@link ModelEvent.Finished} last
 * @param expiresAt when the evidence it was made with is too old for it to be given again, to the millisecond; empty if it was made without
 */
public record StoredAnswer(
        String model,
        Optional<RemoteOrigin> remote,
        String route,
        String search,
        Instant createdAt,
        List<ModelEvent> events,
        List<Source> sources,
        Optional<Instant> expiresAt) {
    /** One that was made without evidence. */
    public StoredAnswer(
            String model,
            Optional<RemoteOrigin> remote,
            String route,
            String search,
            Instant createdAt,
            List<ModelEvent> events,
            List<Source> sources) {
        this(model, remote, route, search, createdAt, events, sources, Optional.empty());
    }

    public StoredAnswer {
        events = List.copyOf(events);
        sources = List.copyOf(sources);
        if (events.isEmpty() || !(events.getLast() instanceof ModelEvent.Finished)) {
            throw new IllegalArgumentException("an incomplete answer is not stored");
        }
    }

    /** Whether the answer is worth keeping: one that the far side cut for its content is not the whole, and one of nothing may be more next time. */
    boolean worthKeeping() {
        return events.size() > 1 && finished().reason() != FinishReason.CONTENT_FILTER;
    }

    /** What the answer took when it was made. */
    public ModelEvent.Finished finished() {
        return (ModelEvent.Finished) events.getLast();
    }
}
