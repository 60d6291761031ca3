package ai.orchestrator.server.search.rerank;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How well texts fit a query by their words: Okapi BM25 (Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework", equation
 * 3.15) with the texts themselves as the collection.
 */
final class WordScores {
    private static final double K1 = 1.2;
    private static final double B = 0.75;
    private static final int SHORTEST_STEM = 4;
    private static final String UNSPACED = "\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}";

    private static final Pattern WORD = Pattern.compile("[" + UNSPACED + "]|[\\p{L}\\p{N}&&[^" + UNSPACED + "]]+");

    private WordScores() {}

    /** The score of each text, 0 or more. */
    static double[] of(String query, List<String> texts) {
        Set<String> wanted = new LinkedHashSet<>(words(query));
        List<Map<String, Integer>> counts = new ArrayList<>();
        Map<String, Integer> textsWith = new HashMap<>();
        double[] lengths = new double[texts.size()];
        double mean = 0;
        for (String text : texts) {
            List<String> words = words(text);
            Map<String, Integer> count = new HashMap<>();
            words.stream().filter(wanted::contains).forEach(word -> count.merge(word, 1, Integer::sum));
            count.keySet().forEach(word -> textsWith.merge(word, 1, Integer::sum));
            lengths[counts.size()] = words.size();
            mean += words.size() / (double) texts.size();
            counts.add(count);
        }
        double[] scores = new double[texts.size()];
        for (int i = 0; i < scores.length; i++) {
            double norm = K1 * (1 - B + B * lengths[i] / Math.max(1, mean));
            for (Map.Entry<String, Integer> word : counts.get(i).entrySet()) {
                int with = textsWith.getOrDefault(word.getKey(), 0);
                double rarity = Math.log(1 + (texts.size() - with + 0.5) / (with + 0.5));
                scores[i] += rarity * word.getValue() * (K1 + 1) / (word.getValue() + norm);
            }
        }
        return scores;
    }

    /** Words and numbers in lower case, without the plural's s; single characters of the scripts that write without spaces. */
    private static List<String> words(String text) {
        return WORD.matcher(text.toLowerCase(Locale.ROOT))
                .results()
                .map(word -> stem(word.group()))
                .toList();
    }

    private static String stem(String word) {
        return word.length() >= SHORTEST_STEM && word.endsWith("s") && !word.endsWith("ss")
                ? word.substring(0, word.length() - 1)
                : word;
    }
}
