package ai.orchestrator.classifier.tribuo;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A text as the model reads it.
 *
 * @param excerpt what of it is read
 * @param length characters of the whole text
 * @param tokens of the excerpt
 * @param grams how often each word, and each pair of neighbouring words, occurs
 * @param parts how often each run of 3 to 5 characters within a word occurs, where the text begins; the word's ends count as characters
 */
record Text(String excerpt, int length, List<String> tokens, Map<String, Integer> grams, Map<String, Integer> parts) {
    static final String WORD = "word ";
    static final String PART = "part ";

    private static final int SHORTEST_PART = 3;
    private static final int LONGEST_PART = 5;
    private static final int PARTS_OF = 600;

    static Text of(String text) {
        String excerpt = Tokens.excerpt(text);
        List<String> tokens = Tokens.of(excerpt);
        return new Text(excerpt, text.length(), tokens, grams(tokens), parts(tokens));
    }

    /** How many of the words and numbers are different ones, 0 to 1. */
    double variety() {
        Set<String> different = new HashSet<>();
        int words = 0;
        for (String token : Tokens.of(excerpt, false)) {
            if (Character.isLetterOrDigit(token.codePointAt(0))) {
                words++;
                different.add(token);
            }
        }
        return words == 0 ? 1 : different.size() / (double) words;
    }

    private static Map<String, Integer> grams(List<String> tokens) {
        Map<String, Integer> grams = new HashMap<>();
        String before = "";
        for (String token : tokens) {
            grams.merge(WORD + token, 1, Integer::sum);
            grams.merge(WORD + before + " " + token, 1, Integer::sum);
            before = token;
        }
        return grams;
    }

    private static Map<String, Integer> parts(List<String> tokens) {
        Map<String, Integer> parts = new HashMap<>();
        int room = PARTS_OF;
        for (String token : tokens) {
            if (Character.isLetter(token.codePointAt(0))) {
                room -= token.length();
                if (room < 0) {
                    break;
                }
                String word = "<" + token + ">";
                for (int length = SHORTEST_PART; length <= LONGEST_PART; length++) {
                    for (int i = 0; i + length <= word.length(); i++) {
                        parts.merge(PART + word.substring(i, i + length), 1, Integer::sum);
                    }
                }
            }
        }
        return parts;
    }

    /** 1 if one of the words is there, else 0. */
    double has(Set<String> words) {
        return tokens.stream().anyMatch(words::contains) ? 1 : 0;
    }

    /** How many characters are one of these. */
    int marks(String characters) {
        return (int) excerpt.chars().filter(one -> characters.indexOf(one) >= 0).count();
    }

    int digits() {
        return (int) excerpt.chars().filter(Character::isDigit).count();
    }
}
