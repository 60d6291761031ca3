package ai.orchestrator.openai.wire;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.TokenLogprob;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Brings token probabilities and the text that they belong to together. A token that is part of a character comes without text, and waits for
 * the text that it is part of.
 */
public final class LogprobTrack {
    private final OptionalInt asked;
    private final List<TokenLogprob> waiting = new ArrayList<>();
    private boolean told;

    /** @param asked as in {@link ai.orchestrator.plugin.model.ModelRequest#topLogprobs} */
    public LogprobTrack(OptionalInt asked) {
        this.asked = asked;
    }

    /** @param choice its member {@code logprobs} holds them */
    public void read(JsonNode choice) {
        if (asked.isPresent()) {
            waiting.addAll(LogprobReader.read(choice, asked.getAsInt()));
            told |= !waiting.isEmpty();
        }
    }

    /** What was read belongs to thoughts, whose probabilities nobody asks for. */
    public void drop() {
        waiting.clear();
    }

    /**
     * The probabilities of a text that is there now.
     *
     * @throws PluginFailure if they were asked for, and the far side leaves them out, as some do instead of refusing
     */
    public List<TokenLogprob> take() {
        if (asked.isPresent() && !told) {
            throw new PluginFailure.Permanent(
                    FailureCode.UNSUPPORTED, "this model does not tell the probabilities of its tokens");
        }
        List<TokenLogprob> taken = List.copyOf(waiting);
        waiting.clear();
        return taken;
    }
}
