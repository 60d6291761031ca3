package ai.orchestrator.server.orchestration;

import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.TokenLogprob;
import java.util.ArrayList;
import java.util.List;

/** An answer's pieces with their text looked through. What its tokens' probabilities tell stays what the model wrote. */
final class AnswerPieces {
    private final AnswerText text;
    private final List<TokenLogprob> logprobs = new ArrayList<>();

    AnswerPieces(AnswerText text) {
        this.text = text;
    }

    /** What is to be passed on now; may be nothing. */
    List<ModelEvent> pass(ModelEvent event) {
        return switch (event) {
            case ModelEvent.Text(String piece, List<TokenLogprob> tokens) -> {
                logprobs.addAll(tokens);
                yield text(text.next(piece));
            }
            case ModelEvent.Think think -> List.of(think);
            case ModelEvent.Call call -> after(call);
            case ModelEvent.Finished finished -> after(finished);
        };
    }

    private List<ModelEvent> after(ModelEvent event) {
        List<ModelEvent> events = new ArrayList<>(text(text.end()));
        events.add(event);
        return events;
    }

    private List<ModelEvent> text(String passed) {
        if (passed.isEmpty()) {
            return List.of();
        }
        List<ModelEvent> events = List.of(new ModelEvent.Text(passed, logprobs));
        logprobs.clear();
        return events;
    }
}
