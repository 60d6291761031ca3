package ai.orchestrator.classifier.tribuo;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.List;

/**
 * A text's tokens in lower case: runs of letters, runs of digits as zeros, and every other character but white space by itself, as is
 * every Chinese and Japanese character. Of a long text the beginning and the end are read.
 */
final class Tokens {
    private static final int BEGINNING = 4000;
    private static final int END = 1000;
    /** The length of a number hardly matters beyond this. */
    private static final int LONGEST_NUMBER = 3;

    private static final int LONGEST_WORD = 30;

    private final List<String> tokens = new ArrayList<>();
    private final StringBuilder open = new StringBuilder();
    private boolean number;

    private final boolean alike;

    private Tokens(boolean alike) {
        this.alike = alike;
    }

    static String excerpt(String text) {
        return text.length() <= BEGINNING + END
                ? text
                : text.substring(0, BEGINNING) + "\n" + text.substring(text.length() - END);
    }

    static List<String> of(String excerpt) {
        return of(excerpt, true);
    }

    /** @param alike whether numbers of as many digits are one token */
    static List<String> of(String excerpt, boolean alike) {
        Tokens tokens = new Tokens(alike);
        excerpt.codePoints().forEach(tokens::read);
        tokens.end();
        return tokens.tokens;
    }

    private void read(int character) {
        if (Character.isDigit(character)) {
            part(true, alike ? '0' : character, alike ? LONGEST_NUMBER : LONGEST_WORD);
        } else if (isUnspaced(character)) {
            end();
            tokens.add(Character.toString(character));
        } else if (Character.isLetter(character) || Character.getType(character) == Character.NON_SPACING_MARK) {
            part(false, Character.toLowerCase(character), LONGEST_WORD);
        } else {
            end();
            if (!Character.isWhitespace(character)) {
                tokens.add(Character.toString(character));
            }
        }
    }

    private void part(boolean digit, int character, int longest) {
        if (number != digit) {
            end();
        }
        number = digit;
        if (open.length() < longest) {
            open.appendCodePoint(character);
        }
    }

    private void end() {
        if (!open.isEmpty()) {
            tokens.add(open.toString());
            open.setLength(0);
        }
    }

    private static boolean isUnspaced(int character) {
        if (character < 0x2E80) {
            return false;
        }
        UnicodeScript script = UnicodeScript.of(character);
        return script == UnicodeScript.HAN || script == UnicodeScript.HIRAGANA || script == UnicodeScript.KATAKANA;
    }
}
