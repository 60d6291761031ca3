package ai.orchestrator.classifier.tribuo;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.List;

/**
 * A text's tokens in lower case: runs of letters, runs of digits, and every other character but white space by itself, as is every Chinese
 * and Japanese character. Of a long text the beginning and the end are read.
 */
final class Tokens {
    private static final int BEGINNING = 4000;
    private static final int END = 1000;
    /** The length of a number hardly matters beyond this. */
    private static final int LONGEST_NUMBER = 3;

    private static final String ZEROS = "0".repeat(LONGEST_NUMBER);

    private static final int LONGEST_WORD = 30;

    private final List<String> tokens = new ArrayList<>();
    private final StringBuilder open = new StringBuilder();
    private boolean number;

    private Tokens() {}

    static String excerpt(String text) {
        return text.length() <= BEGINNING + END
                ? text
                : text.substring(0, BEGINNING) + "\n" + text.substring(text.length() - END);
    }

    static List<String> of(String excerpt) {
        Tokens tokens = new Tokens();
        excerpt.codePoints().forEach(tokens::read);
        tokens.end();
        return tokens.tokens;
    }

    /** A number as zeros, so that numbers of as many digits are one token; any other token as it is. */
    static String alike(String token) {
        return Character.isDigit(token.codePointAt(0))
                ? ZEROS.substring(0, Math.min(LONGEST_NUMBER, token.codePointCount(0, token.length())))
                : token;
    }

    /** Whether a token is a word or a number. */
    static boolean isWord(String token) {
        return Character.isLetterOrDigit(token.codePointAt(0));
    }

    private void read(int character) {
        if (Character.isDigit(character)) {
            part(true, character);
        } else if (isUnspaced(character)) {
            end();
            tokens.add(Character.toString(character));
        } else if (Character.isLetter(character) || Character.getType(character) == Character.NON_SPACING_MARK) {
            part(false, Character.toLowerCase(character));
        } else {
            end();
            if (!Character.isWhitespace(character)) {
                tokens.add(Character.toString(character));
            }
        }
    }

    private void part(boolean digit, int character) {
        if (number != digit) {
            end();
        }
        number = digit;
        if (open.length() < LONGEST_WORD) {
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
