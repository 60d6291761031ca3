package ai.orchestrator.embed.minilm;

import java.text.Normalizer;
import java.util.function.Predicate;

/**
 * Takes a text apart into the words that an uncased BERT knows: in lower case, without accents and control characters, split
 * at white space, around each punctuation mark and around each Chinese character.
 */
final class BertWords {
    /** A longer word is unknown to the model; of such a word only the beginning is kept, one character longer than this. */
    static final int LONGEST_WORD = 100;

    private final Predicate<String> taker;
    private final StringBuilder word = new StringBuilder();
    private int wordLength;
    private boolean wanted = true;

    private BertWords(Predicate<String> taker) {
        this.taker = taker;
    }

    /** Gives the words of a text to a taker, one by one, until it answers false. */
    static void split(String text, Predicate<String> taker) {
        BertWords words = new BertWords(taker);
        int next;
        for (int i = 0; i < text.length() && words.wanted; i = next) {
            int character = text.codePointAt(i);
            next = i + Character.charCount(character);
            words.read(character);
        }
        words.endWord();
    }

    private void read(int character) {
        if (isSpace(character)) {
            endWord();
        } else if (isChinese(character)) {
            endWord();
            decompose(character);
            endWord();
        } else if (!isDropped(character)) {
            decompose(character);
        }
    }

    /** Splits off accents first: what remains may be a punctuation mark, as the equals sign of an unequal sign is. */
    private void decompose(int character) {
        if (character < 128) {
            add(Character.toLowerCase(character));
            return;
        }
        Normalizer.normalize(Character.toString(character), Normalizer.Form.NFD)
                .codePoints()
                .filter(part -> Character.getType(part) != Character.NON_SPACING_MARK)
                .map(Character::toLowerCase)
                .forEach(this::add);
    }

    private void add(int character) {
        if (isPunctuation(character)) {
            endWord();
            append(character);
            endWord();
        } else if (wordLength <= LONGEST_WORD) {
            append(character);
        }
    }

    private void append(int character) {
        word.appendCodePoint(character);
        wordLength++;
    }

    private void endWord() {
        if (wordLength > 0 && wanted) {
            wanted = taker.test(word.toString());
        }
        word.setLength(0);
        wordLength = 0;
    }

    private static boolean isSpace(int character) {
        return character == '\t' || character == '\n' || character == '\r' || Character.isSpaceChar(character);
    }

    /** Characters without a shape; those that Unicode has not assigned stay, and make their word an unknown one. */
    private static boolean isDropped(int character) {
        return character == 0xFFFD
                || switch (Character.getType(character)) {
                    case Character.CONTROL, Character.FORMAT, Character.PRIVATE_USE, Character.SURROGATE -> true;
                    default -> false;
                };
    }

    private static boolean isPunctuation(int character) {
        if (character < 128) {
            return character > ' ' && character != 127 && !Character.isLetterOrDigit(character);
        }
        return switch (Character.getType(character)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION -> true;
            default -> false;
        };
    }

    /** The blocks of Chinese characters that BERT was trained with; it leaves later ones in words. */
    private static boolean isChinese(int character) {
        return (character >= 0x3400 && character <= 0x4DBF)
                || (character >= 0x4E00 && character <= 0x9FFF)
                || (character >= 0xF900 && character <= 0xFAFF)
                || (character >= 0x20000 && character <= 0x2A6DF)
                || (character >= 0x2A700 && character <= 0x2CEAF)
                || (character >= 0x2F800 && character <= 0x2FA1F);
    }
}
