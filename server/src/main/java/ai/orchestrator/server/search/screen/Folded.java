package ai.orchestrator.server.search.screen;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/**
 * A text in small letters without accents, and its words.
 *
 * @param text as long as what it was made of, once that is composed and its accents are gone
 */
record Folded(String text, List<Word> words) {
    private static final String ALIKE =
            "\u0430\u0435\u043E\u0440\u0441\u0445\u0443\u0456\u0455\u0458\u03BF\u03B1\u03B9\u03BD\u0261013457@$";
    private static final String LATIN = "aeopcxyisjoaivgoieast" + "as";

    /**
     * A word.
     *
     * @param text folded, with look-alike letters and digits in it made Latin
     * @param start where it is in the folded text
     * @param capital whether it began with a capital
     */
    record Word(String text, int start, boolean capital) {}

    static Folded of(String text) {
        String bare = bare(text);
        List<Word> words = new ArrayList<>();
        int start = -1;
        for (int i = 0; i <= bare.length(); i++) {
            boolean inside = i < bare.length() && isPart(bare.charAt(i));
            if (inside && start < 0) {
                start = i;
            } else if (!inside && start >= 0) {
                String word = bare.substring(start, i);
                words.add(new Word(latin(lower(word)), start, Character.isUpperCase(word.charAt(0))));
                start = -1;
            }
        }
        return new Folded(lower(bare), words);
    }

    /** A word as the dictionaries have it. */
    static String fold(String word) {
        return lower(bare(word));
    }

    private static String bare(String text) {
        if (text.chars().allMatch(c -> c < 0x80)) {
            return text;
        }
        String apart = Normalizer.normalize(text, Normalizer.Form.NFD);
        StringBuilder bare = new StringBuilder(apart.length());
        for (int i = 0; i < apart.length(); i++) {
            if (Character.getType(apart.charAt(i)) != Character.NON_SPACING_MARK) {
                bare.append(apart.charAt(i));
            }
        }
        return bare.toString();
    }

    /** Character by character, so that no place moves. */
    private static String lower(String text) {
        StringBuilder lower = new StringBuilder(text.length());
        text.chars().forEach(c -> lower.append(Character.toLowerCase((char) c)));
        return lower.toString();
    }

    private static boolean isPart(char c) {
        return Character.isLetterOrDigit(c) || c == '@' || c == '$';
    }

    /** Only within words that have a Latin letter: all others are what they seem. */
    private static String latin(String word) {
        if (word.chars().noneMatch(c -> c >= 'a' && c <= 'z') || word.chars().allMatch(c -> c >= 'a' && c <= 'z')) {
            return word;
        }
        StringBuilder latin = new StringBuilder(word.length());
        word.chars().forEach(c -> {
            int at = ALIKE.indexOf(c);
            latin.append(at < 0 ? (char) c : LATIN.charAt(at));
        });
        return latin.toString();
    }
}
