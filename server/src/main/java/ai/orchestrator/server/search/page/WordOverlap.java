package ai.orchestrator.server.search.page;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Scores passages by the question's words in them: BM25, with the passages themselves for a collection. */
public final class WordOverlap implements PassageScorer {
    private static final double K1 = 1.2;
    private static final double B = 0.75;

    /** A word, or one character of a script that writes without spaces. */
    private static final Pattern WORD = Pattern.compile(
            "[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}]|[\\p{L}\\p{N}&&[^\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}]]+");

    @Override
    public double[] score(String question, List<String> passages) {
        Set<String> wanted = new HashSet<>(words(question));
        List<List<String>> texts = passages.stream().map(WordOverlap::words).toList();
        double average = texts.stream().mapToInt(List::size).average().orElse(1);
        Map<String, Integer> spread = new HashMap<>();
        for (List<String> text : texts) {
            Set<String> present = new HashSet<>(text);
            present.retainAll(wanted);
            present.forEach(word -> spread.merge(word, 1, Integer::sum));
        }
        double[] scores = new double[texts.size()];
        for (int i = 0; i < scores.length; i++) {
            Map<String, Integer> counts = new HashMap<>();
            texts.get(i).stream().filter(wanted::contains).forEach(word -> counts.merge(word, 1, Integer::sum));
            double length = K1 * (1 - B + B * texts.get(i).size() / average);
            for (Map.Entry<String, Integer> word : counts.entrySet()) {
                int having = spread.getOrDefault(word.getKey(), 0);
                double rarity = Math.log(1 + (texts.size() - having + 0.5) / (having + 0.5));
                scores[i] += rarity * word.getValue() * (K1 + 1) / (word.getValue() + length);
            }
        }
        return scores;
    }

    private static List<String> words(String text) {
        return WORD.matcher(text.toLowerCase(Locale.ROOT))
                .results()
                .map(MatchResult::group)
                .toList();
    }
}
