package ai.orchestrator.server.routing;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what a misspelled word was meant to be. */
final class Spelling {
    private Spelling() {}

    /** {@code , did you mean 'x'?} where a known word is near, else the list of all. */
    static String hint(String word, Collection<String> known) {
        return nearest(word, known)
                .map(near -> ", did you mean '" + near + "'?")
                .orElseGet(() ->
                        "; known: " + String.join(", ", known.stream().sorted().toList()));
    }

    private static Optional<String> nearest(String word, Collection<String> known) {
        int tolerance = word.length() < 4 ? 1 : Math.max(2, word.length() / 3);
        return known.stream()
                .sorted()
                .min(Comparator.comparingInt(candidate -> distance(word, candidate)))
                .filter(candidate -> distance(word, candidate) <= tolerance);
    }

    /** Levenshtein's distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
