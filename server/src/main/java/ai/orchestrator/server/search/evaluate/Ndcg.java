package ai.orchestrator.server.search.evaluate;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * How good an order is: the discounted gain of its first ten documents, as a part of what the best order has (Järvelin and Kekäläinen 2002,
 * with the gain itself and the binary logarithm of the place plus one).
 */
final class Ndcg {
    private static final int FIRST = 10;

    private Ndcg() {}

    /** @param gains of the documents that are worth anything; at least one */
    static double at10(List<String> ranked, Map<String, Integer> gains) {
        double sum = 0;
        for (int i = 0; i < Math.min(FIRST, ranked.size()); i++) {
            sum += gains.getOrDefault(ranked.get(i), 0) / discount(i);
        }
        List<Integer> best = gains.values().stream()
                .sorted(Comparator.reverseOrder())
                .limit(FIRST)
                .toList();
        double most = 0;
        for (int i = 0; i < best.size(); i++) {
            most += best.get(i) / discount(i);
        }
        return sum / most;
    }

    private static double discount(int place) {
        return Math.log(place + 2) / Math.log(2);
    }
}
