package ai.orchestrator.model.llamacpp.worker;

import java.util.ArrayList;
import java.util.List;

/** Tells what a model thinks from what it answers, by the marks that it puts around its thoughts. */
final class ThinkMarks {
    static final String BEGIN = "<think>";
    static final String END = "</think>";

    private final StringBuilder held = new StringBuilder();
    private State state;
    private boolean blanksAreDropped;

    private enum State {
        BEFORE,
        THINKING,
        ANSWERING
    }

    private ThinkMarks(State state) {
        this.state = state;
        this.blanksAreDropped = state == State.THINKING;
    }

    /** For a prompt that a model that thinks goes on with. */
    static ThinkMarks after(String prompt) {
        String end = prompt.stripTrailing();
        if (end.endsWith(BEGIN)) {
            return new ThinkMarks(State.THINKING);
        }
        return new ThinkMarks(end.endsWith(END) ? State.ANSWERING : State.BEFORE);
    }

    /** For a model that does not think. */
    static ThinkMarks none() {
        return new ThinkMarks(State.ANSWERING);
    }

    /** The prompt as it has to be for the model not to think, or to do so as it likes. */
    static String prompt(String rendered, boolean thinking) {
        if (thinking || rendered.stripTrailing().endsWith(END)) {
            return rendered;
        }
        return (rendered.stripTrailing().endsWith(BEGIN) ? rendered.stripTrailing() : rendered + BEGIN) + "\n\n" + END
                + "\n\n";
    }

    /** Takes the next piece, and gives what can be told of it. */
    List<Reply> accept(String piece) {
        held.append(piece);
        List<Reply> replies = new ArrayList<>();
        boolean more = true;
        while (more) {
            more = switch (state) {
                case BEFORE -> begin();
                case THINKING -> think(replies);
                case ANSWERING -> answer(replies);
            };
        }
        return replies;
    }

    /** What is still held back when the answer has ended. */
    List<Reply> rest() {
        List<Reply> replies = new ArrayList<>();
        if (!held.isEmpty()) {
            String text = take(held.length());
            replies.add(state == State.THINKING ? new Reply.Think(text) : new Reply.Text(text));
        }
        return replies;
    }

    private boolean begin() {
        String text = held.toString().stripLeading();
        if (text.startsWith(BEGIN)) {
            held.setLength(0);
            held.append(text, BEGIN.length(), text.length());
            state = State.THINKING;
            blanksAreDropped = true;
            return true;
        }
        if (BEGIN.startsWith(text)) {
            return false;
        }
        state = State.ANSWERING;
        return true;
    }

    private boolean think(List<Reply> replies) {
        dropBlanks();
        int end = held.indexOf(END);
        int certain = end >= 0 ? end : held.length() - beginningOfEnd();
        if (certain > 0) {
            replies.add(new Reply.Think(take(certain)));
        }
        if (end < 0) {
            return false;
        }
        held.delete(0, END.length());
        state = State.ANSWERING;
        blanksAreDropped = true;
        return true;
    }

    private boolean answer(List<Reply> replies) {
        dropBlanks();
        if (!held.isEmpty()) {
            replies.add(new Reply.Text(take(held.length())));
        }
        return false;
    }

    /** The blanks after a mark belong to the mark. */
    private void dropBlanks() {
        if (blanksAreDropped) {
            String text = held.toString().stripLeading();
            held.setLength(0);
            held.append(text);
            blanksAreDropped = text.isEmpty();
        }
    }

    private int beginningOfEnd() {
        for (int length = Math.min(END.length() - 1, held.length()); length > 0; length--) {
            if (held.indexOf(END.substring(0, length), held.length() - length) >= 0) {
                return length;
            }
        }
        return 0;
    }

    private String take(int length) {
        String text = held.substring(0, length);
        held.delete(0, length);
        return text;
    }
}
