package ai.orchestrator.model.openrouter;

import ai.orchestrator.openai.wire.CostGuard;
import ai.orchestrator.openai.wire.Doubts;
import ai.orchestrator.openai.wire.HttpReply;
import ai.orchestrator.plugin.model.ModelEvents;
import ai.orchestrator.plugin.model.Price;
import ai.orchestrator.plugin.model.Prompt;
import java.util.Optional;

/** Has OpenRouter asked what an answer cost that does not tell, or tells what can hardly be. */
final class CallBill extends CostGuard {
    private final GenerationLookup lookup;
    private final HangUp hangUp = new HangUp();
    private volatile String id = "";

    CallBill(
            ModelEvents events,
            String model,
            Optional<Price> price,
            Prompt prompt,
            GenerationLookup lookup,
            Doubts doubts) {
        super(events, model, price, prompt, doubts);
        this.lookup = lookup;
    }

    /** The reply's head has OpenRouter's name for the call. */
    void head(HttpReply reply) {
        id = reply.header("X-Generation-Id").orElse("");
        hangUp.named();
    }

    @Override
    public void onCancel(Runnable action) {
        hangUp.by(action);
        super.onCancel(hangUp::left);
    }

    /** The answer has no end, so nobody has told what it cost. */
    void broke() {
        untold();
    }

    @Override
    protected void untold() {
        if (!id.isEmpty()) {
            lookup.ask(id, lateBill());
        }
    }

    @Override
    protected String call() {
        return id;
    }
}
