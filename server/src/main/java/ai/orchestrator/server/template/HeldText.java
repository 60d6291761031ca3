package ai.orchestrator.server.template;

import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.ModelEvents;
import ai.orchestrator.plugin.model.TokenLogprob;
import java.util.ArrayList;
import java.util.List;

/** Text of an answer whose meaning is not known yet, with the probabilities of its tokens. */
final class HeldText {
    private final StringBuilder text = new StringBuilder();
    private final List<Piece> pieces = new ArrayList<>();

    /** The probabilities of a piece whose last character is before {@code end}. */
    private record Piece(int end, List<TokenLogprob> logprobs) {}

    void add(ModelEvent.Text piece) {
        text.append(piece.text());
        if (!piece.logprobs().isEmpty()) {
            pieces.add(new Piece(text.length(), piece.logprobs()));
        }
    }

    boolean isEmpty() {
        return text.isEmpty();
    }

    int length() {
        return text.length();
    }

    String text() {
        return text.toString();
    }

    int indexOf(String part, int from) {
        return text.indexOf(part, from);
    }

    char charAt(int index) {
        return text.charAt(index);
    }

    String substring(int from, int to) {
        return text.substring(from, to);
    }

    boolean startsWith(String start, int offset) {
        int end = offset + start.length();
        return end <= text.length() && text.substring(offset, end).equals(start);
    }

    /** Where the text's end begins that may be the beginning of {@code mark}; the text's length if none may. */
    int possibleStart(String mark) {
        for (int start = Math.max(0, text.length() - mark.length() + 1); start < text.length(); start++) {
            if (mark.startsWith(text.substring(start))) {
                return start;
            }
        }
        return text.length();
    }

    /** How much white space stands at an offset. */
    int spaces(int offset) {
        int end = offset;
        while (end < text.length() && Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        return end - offset;
    }

    /** Where the white space before an offset begins. */
    int withoutSpacesBefore(int offset) {
        int end = offset;
        while (end > 0 && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        return end;
    }

    /** Hands the first characters on. */
    void release(int length, ModelEvents events) {
        String released = text.substring(0, length);
        List<TokenLogprob> logprobs = remove(length);
        if (!released.isEmpty()) {
            events.emit(new ModelEvent.Text(released, logprobs));
        }
    }

    /** Leaves the first characters out. */
    void drop(int length) {
        remove(length);
    }

    /** A token that goes beyond what is removed stays with the rest. */
    private List<TokenLogprob> remove(int length) {
        text.delete(0, length);
        List<TokenLogprob> removed = new ArrayList<>();
        List<Piece> kept = new ArrayList<>();
        for (Piece piece : pieces) {
            if (piece.end <= length) {
                removed.addAll(piece.logprobs);
            } else {
                kept.add(new Piece(piece.end - length, piece.logprobs));
            }
        }
        pieces.clear();
        pieces.addAll(kept);
        return removed;
    }
}
