package ai.orchestrator.server.http.openai;

import ai.orchestrator.plugin.model.TokenLogprob;
import ai.orchestrator.plugin.model.ToolCall;
import ai.orchestrator.server.http.CallArguments;
import ai.orchestrator.server.unicode.Surrogates;
import java.util.List;

/**
 * What one object of a reply carries of the answer: a part, or all of it.
 *
 * @param firstCall the index of the first of {@code calls} in the whole answer
 * @param logprobs of the text's tokens, where they were asked for
 */
record Piece(String text, String thinking, List<ToolCall> calls, int firstCall, List<TokenLogprob> logprobs) {
    /** Nothing. */
    static final Piece NONE = new Piece("", "", List.of(), 0, List.of());

    Piece {
        // before anything of the object is written, since an error can still take its place
        calls.forEach(CallArguments::of);
    }

    static Piece ofText(String text, List<TokenLogprob> logprobs) {
        return new Piece(Surrogates.repair(text), "", List.of(), 0, logprobs);
    }

    static Piece ofThinking(String text) {
        return new Piece("", Surrogates.repair(text), List.of(), 0, List.of());
    }

    /** @param index how many calls went before */
    static Piece ofCall(ToolCall call, int index) {
        return new Piece("", "", List.of(call), index, List.of());
    }
}
