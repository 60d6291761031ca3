package ai.orchestrator.server.search;

/**
 * How much of a model's context a text takes, as far as can be told without the model's vocabulary. A small vocabulary knows little but English
 * prose: it spends a token on each digit, one on each letter or so of what is no word, and two or three on a character of most other
 * scripts, so that by its bytes alone a page of figures would take three times the room that it was given. The weights were
 * set beside the counts of SmolLM2's vocabulary; a larger one takes less.
 */
final class PromptSize {
    /** About what a token of English prose takes. */
    static final double BYTES_PER_TOKEN = 3.5;

    /** A line's end. */
    static final int LINE_END = (int) Math.ceil(BYTES_PER_TOKEN);

    /** Mostly a token of its own. */
    private static final int COMMON_WORD = 6;

    private static final double LETTERS_OF_LONG_WORD = 3.5;
    private static final double LETTERS_OF_CAPITALS = 2;
    private static final double LETTERS_OF_NO_WORD = 1.25;

    /** More consonants in a row than a word has. */
    private static final int UNSPEAKABLE = 5;

    private PromptSize() {}

    /** In bytes of English prose, of which {@link #BYTES_PER_TOKEN} are a token. */
    static int of(String text) {
        double tokens = 0;
        int at = 0;
        while (at < text.length()) {
            int sign = text.codePointAt(at);
            int end = at + Character.charCount(sign);
            while (isLetter(sign) && end < text.length() && isLetter(text.charAt(end))) {
                end++;
            }
            tokens += isLetter(sign) ? word(text.substring(at, end)) : sign(sign, text, end);
            at = end;
        }
        return (int) Math.ceil(tokens * BYTES_PER_TOKEN);
    }

    private static boolean isLetter(int sign) {
        return sign >= 'a' && sign <= 'z' || sign >= 'A' && sign <= 'Z';
    }

    private static double word(String word) {
        if (word.length() <= 2) {
            return 1;
        }
        boolean small = word.chars().skip(1).allMatch(Character::isLowerCase);
        boolean capitals = word.chars().allMatch(Character::isUpperCase);
        if (!isSpeakable(word) || !small && !capitals) {
            return word.length() / LETTERS_OF_NO_WORD;
        }
        if (capitals) {
            return word.length() / LETTERS_OF_CAPITALS;
        }
        return word.length() <= COMMON_WORD ? 1 : word.length() / LETTERS_OF_LONG_WORD;
    }

    private static boolean isSpeakable(String word) {
        int consonants = 0;
        boolean vowels = false;
        for (int i = 0; i < word.length() && consonants < UNSPEAKABLE; i++) {
            boolean vowel = "aeiouyAEIOUY".indexOf(word.charAt(i)) >= 0;
            vowels |= vowel;
            consonants = vowel ? 0 : consonants + 1;
        }
        return vowels && consonants < UNSPEAKABLE;
    }

    /** What is no letter of English. A space belongs to the word after it, but not to a figure. */
    private static double sign(int sign, String text, int next) {
        if (sign == ' ') {
            return next < text.length() && text.charAt(next) >= '0' && text.charAt(next) <= '9' ? 1 : 0;
        }
        if (sign < 0x100) {
            return 1;
        }
        return switch (Character.UnicodeScript.of(sign)) {
            case GREEK, CYRILLIC, ARABIC, HEBREW -> 1;
            case HANGUL -> 2.5;
            default -> sign < 0x10000 ? 2 : 3;
        };
    }
}
