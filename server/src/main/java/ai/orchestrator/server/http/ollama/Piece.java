package ai.orchestrator.server.http.ollama;

import ai.orchestrator.plugin.model.TokenLogprob;
import ai.orchestrator.plugin.model.ToolCall;
import ai.orchestrator.server.http.CollectedAnswer;
import ai.orchestrator.server.unicode.Surrogates;
import java.util.List;

/**
 * What one object of a reply carries of the answer: a part, all of it, or nothing.
 *
 * @param firstCall the index of the first of {@code calls} in the whole answer
 * @param logprobs of the text's tokens, where they were asked for
 */
record Piece(String text, String thinking, List<ToolCall> calls, int firstCall, List<TokenLogprob> logprobs) {
    /** Nothing. */
    static final Piece NONE = new Piece("", "", List.of(), 0, List.of());

    /** A part of the text. */
    static Piece text(String text, List<TokenLogprob> logprobs) {
        return new Piece(Surrogates.repair(text), "", List.of(), 0, logprobs);
    }

    /** A part of what the model thinks. */
    static Piece thinking(String text) {
        return new Piece("", Surrogates.repair(text), List.of(), 0, List.of());
    }

    /** A tool call, which is so many after the first. */
    static Piece call(ToolCall call, int index) {
        ToolCallWriter.arguments(call);
        return new Piece("", "", List.of(call), index, List.of());
    }

    /** All of an answer. */
    static Piece whole(CollectedAnswer answer) {
        answer.calls().forEach(ToolCallWriter::arguments);
        return new Piece(answer.text(), answer.thinking(), answer.calls(), 0, answer.logprobs());
    }
}
