package ai.orchestrator.server.cache;

import ai.orchestrator.plugin.model.ModelEvent;
import java.util.ArrayList;
import java.util.List;

/** Runs of events as they are kept: neighbouring pieces of one kind are joined to pieces of a size that is cheap to keep and still streams. */
final class EventRuns {
    private static final int PIECE_CHARS = 64;

    private EventRuns() {}

    /** The same answer in fewer pieces. */
    static List<ModelEvent> merged(List<ModelEvent> events) {
        List<ModelEvent> merged = new ArrayList<>();
        for (ModelEvent event : events) {
            ModelEvent joined = merged.isEmpty() ? event : join(merged.getLast(), event);
            if (joined != event) {
                merged.removeLast();
            }
            merged.add(joined);
        }
        return merged;
    }

    private static ModelEvent join(ModelEvent last, ModelEvent next) {
        if (last instanceof ModelEvent.Text(String before, var firstTokens)
                && next instanceof ModelEvent.Text(String after, var nextTokens)
                && firstTokens.isEmpty()
                && nextTokens.isEmpty()
                && before.length() + after.length() <= PIECE_CHARS) {
            return new ModelEvent.Text(before + after);
        }
        if (last instanceof ModelEvent.Think(String before)
                && next instanceof ModelEvent.Think(String after)
                && before.length() + after.length() <= PIECE_CHARS) {
            return new ModelEvent.Think(before + after);
        }
        return next;
    }
}
