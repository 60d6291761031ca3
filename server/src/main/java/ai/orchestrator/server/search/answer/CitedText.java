package ai.orchestrator.server.search.answer;

import ai.orchestrator.server.orchestration.AnswerText;
import ai.orchestrator.server.orchestration.Source;
import java.util.List;

/**
 * Drops citations of sources that there are not, and takes the sting out of Markdown that leads to hosts that were not cited: an image goes, a
 * link becomes its text, and HTML tags are broken. Code is left alone. Holds back only what may still become such a construct, at
 * most a few thousand characters; the outcome does not depend on how the text is cut into pieces.
 */
public final class CitedText implements AnswerText {
    private final List<Source> sources;
    private final CitedSources cited;
    private final boolean listed;
    private final Marks marks;
    private final Fences fences = new Fences();
    private final StringBuilder held = new StringBuilder();
    private final StringBuilder out = new StringBuilder();
    private char before = '\n';
    private char written = '\n';
    private boolean said;
    private boolean lineKnown;
    private boolean lineBlank = true;

    /** Whether there is nothing on the line yet but what may stand before a fence. */
    private boolean lineOpen = true;

    /** Whether backticks can be told to be in pairs; no longer where some were without one, until the paragraph ends. */
    private boolean pairs = true;

    /**
     * @param sources what the answer may cite
     * @param listed whether the sources that it cites are listed below it; all where it cites none
     */
    public CitedText(List<Source> sources, boolean listed) {
        this.sources = List.copyOf(sources);
        this.cited = new CitedSources(sources);
        this.listed = listed;
        this.marks = new Marks(cited);
    }

    @Override
    public String next(String piece) {
        held.append(piece);
        return run(false);
    }

    @Override
    public String end() {
        return run(true);
    }

    /** The list of sources; none below an answer of nothing. */
    @Override
    public String below() {
        return listed && said ? SourceBlock.of(sources, cited.cited()) : "";
    }

    private String run(boolean end) {
        while (!held.isEmpty() && step(end)) {
            // one construct or one run of plain text after the other
        }
        String passed = out.toString();
        out.setLength(0);
        return passed;
    }

    /** Passes something on; false if that takes more text. */
    private boolean step(boolean end) {
        if ((before == '\n' || before == '\r') && !lineKnown) {
            Fences.Line line = fences.begin(held, end);
            if (line == Fences.Line.UNDECIDED) {
                return false;
            }
            lineKnown = true;
            if (line == Fences.Line.CODE) {
                copy(lineEnd());
                return true;
            }
        }
        if (fences.inCode()) {
            copy(lineEnd());
            return true;
        }
        return switch (marks.at(held, before, fences.place(), pairs && fences.place() == Fences.Place.TEXT, end)) {
            case Mark.Undecided _ -> false;
            case Mark.Keep(int length) -> {
                copy(length);
                yield true;
            }
            case Mark.Unpaired(int length) -> {
                pairs = false;
                copy(length);
                yield true;
            }
            case Mark.Drop(int length) -> {
                doubtLine();
                keepApart(held.length() > length ? held.charAt(length) : '\n');
                consume(length);
                yield true;
            }
            case Mark.Write(int length, String text) -> {
                write(text);
                consume(length);
                yield true;
            }
            case Mark.Reread(int length, String text) -> {
                doubtLine();
                held.replace(0, length, text);
                keepApart(held.isEmpty() ? '\n' : held.charAt(0));
                yield true;
            }
        };
    }

    /** What follows something that was taken out at a line's beginning begins the line now, and may be a fence. */
    private void doubtLine() {
        if (lineOpen) {
            fences.doubt();
        }
    }

    private int lineEnd() {
        for (int i = 0; i < held.length(); i++) {
            if (held.charAt(i) == '\n' || held.charAt(i) == '\r') {
                return i + 1;
            }
        }
        return held.length();
    }

    /** What comes after something that was taken out must not make a construct with what is before it. */
    private void keepApart(char next) {
        boolean harmless = Character.isLetterOrDigit(written) || isHarmless(written) || isHarmless(next);
        if (!harmless) {
            write(" ");
        }
    }

    private static boolean isHarmless(char c) {
        return Character.isWhitespace(c) || ".,;'\"".indexOf(c) >= 0;
    }

    private void copy(int length) {
        write(held.substring(0, length));
        consume(length);
    }

    private void write(String text) {
        if (!text.isEmpty()) {
            out.append(text);
            written = text.charAt(text.length() - 1);
            said |= !text.isBlank();
        }
    }

    private void consume(int length) {
        if (length > 0) {
            for (int i = 0; i < length; i++) {
                paragraph(held.charAt(i));
            }
            held.delete(0, length);
            lineKnown = false;
        }
    }

    /** Takes note of one more character; a blank line ends a paragraph. */
    private void paragraph(char c) {
        boolean lineEnd = c == '\r' || c == '\n';
        if (lineEnd && !(c == '\n' && before == '\r')) {
            pairs |= lineBlank;
            lineBlank = true;
            lineOpen = true;
        } else if (!lineEnd && c != ' ' && c != '\t') {
            lineBlank = false;
            lineOpen &= ">-*+.)0123456789".indexOf(c) >= 0;
        }
        before = c;
    }
}
