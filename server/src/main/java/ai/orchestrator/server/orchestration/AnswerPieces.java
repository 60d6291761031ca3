package ai.orchestrator.server.orchestration;

import ai.orchestrator.plugin.model.FinishReason;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.TokenLogprob;
import java.util.ArrayList;
import java.util.List;

/** An answer's pieces with their text looked through. What its tokens' probabilities tell stays what the model wrote. Used by one thread. */
public final class AnswerPieces {
    private final AnswerText text;
    private final List<TokenLogprob> logprobs = new ArrayList<>();
    private boolean called;

    public AnswerPieces(AnswerText text) {
        this.text = text;
    }

    /** What is to be passed on now; may be nothing. */
    public List<ModelEvent> pass(ModelEvent event) {
        return switch (event) {
            case ModelEvent.Text(String piece, List<TokenLogprob> tokens) -> {
                logprobs.addAll(tokens);
                yield text(text.next(piece));
            }
            case ModelEvent.Think think -> List.of(think);
            case ModelEvent.Call call -> {
                called = true;
                yield last(text.end(), call);
            }
            case ModelEvent.Finished finished -> {
                String rest = text.end();
                // an answer that asks for a tool goes on in the next one
                boolean goesOn = called || finished.reason() == FinishReason.TOOL_CALLS;
                yield last(goesOn ? rest : rest + text.below(), finished);
            }
        };
    }

    private List<ModelEvent> last(String rest, ModelEvent event) {
        List<ModelEvent> events = new ArrayList<>(text(rest));
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
