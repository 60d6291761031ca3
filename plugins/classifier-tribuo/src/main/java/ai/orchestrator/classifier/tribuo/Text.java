package ai.orchestrator.classifier.tribuo;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A text as the model reads it.
 *
 * @param excerpt what of it is read
 * @param marks of the excerpt
 * @param length characters of the whole text
 * @param lines of the excerpt
 * @param tokens of the excerpt, with numbers of as many digits alike
 * @param grams how often each word, and each pair of neighbouring words, occurs
 */
record Text(String excerpt, Marks marks, int length, Lines lines, List<String> tokens, Map<String, Integer> grams) {
    private static final int SHORTEST_PART = 3;
    private static final int LONGEST_PART = 5;
    private static final int PARTS_OF = 600;

    static Text of(String text) {
        String excerpt = Tokens.excerpt(text);
        Lines lines = Lines.of(excerpt);
        List<String> tokens = lines.tokens().stream().map(Tokens::alike).toList();
        return new Text(excerpt, Marks.of(excerpt), text.length(), lines, tokens, grams(tokens));
    }

    private static Map<String, Integer> grams(List<String> tokens) {
        Map<String, Integer> grams = HashMap.newHashMap(2 * tokens.size());
        String before = "";
        for (String token : tokens) {
            grams.merge(token, 1, Integer::sum);
            grams.merge(before + " " + token, 1, Integer::sum);
            before = token;
        }
        return grams;
    }

    /** Gives every run of 3 to 5 characters within a word, where the text begins; the word's ends count as characters. */
    void eachPart(Consumer<String> part) {
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
                        part.accept(word.substring(i, i + length));
                    }
                }
            }
        }
    }

    /** How often each of these runs occurs. */
    Map<String, Integer> parts() {
        Map<String, Integer> parts = new HashMap<>();
        eachPart(part -> parts.merge(part, 1, Integer::sum));
        return parts;
    }

    /** 1 if one of the words is there, else 0. */
    double has(Set<String> words) {
        for (String word : words) {
            if (grams.containsKey(word)) {
                return 1;
            }
        }
        return 0;
    }
}
