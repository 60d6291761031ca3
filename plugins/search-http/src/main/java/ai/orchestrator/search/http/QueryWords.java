package ai.orchestrator.search.http;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A query's text within a service's limits. */
public final class QueryWords {
    /** Whatever a service may split words at, and what no text has. */
    private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}\\p{Cc}\\p{Cs}]+");

    private QueryWords() {}

    /** The words in their order. */
    public static Stream<String> of(String text) {
        return Arrays.stream(SPACE.split(text)).filter(word -> !word.isEmpty());
    }

    /** The words up to a length and a number, joined by single spaces; a first word that is too long is cut. */
    public static String within(Stream<String> words, int mostCharacters, int mostWords) {
        StringBuilder text = new StringBuilder();
        for (String word : (Iterable<String>) words.limit(mostWords)::iterator) {
            int space = text.isEmpty() ? 0 : 1;
            if (text.length() + space + word.length() > mostCharacters) {
                return text.isEmpty() ? cut(word, mostCharacters) : text.toString();
            }
            text.append(space == 0 ? "" : " ").append(word);
        }
        return text.toString();
    }

    private static String cut(String word, int most) {
        return word.substring(0, Character.isHighSurrogate(word.charAt(most - 1)) ? most - 1 : most);
    }
}
