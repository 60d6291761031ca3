package ai.orchestrator.classifier.tribuo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A linear model of texts, laid out for one text at a time: what {@link Vectorizer#features(Text)} and {@link Linear#score} come to, without
 * the features in between.
 */
final class TextScorer {
    /** A gram that is known: its place among all of its kind, how rare it is, and what it speaks for. */
    private record Gram(int place, double rarity, double weight) {}

    /** Something in a text, in words, and what it adds to the score. */
    record Spoke(String what, boolean isWord, double amount) {
        String reason() {
            return isWord ? "has '" + what.strip() + "'" : what;
        }
    }

    private static final int LONGEST_WORD = 40;

    private final Vectorizer vectorizer;
    private final Map<String, Gram> words;
    private final Map<String, Gram> parts;
    private final double[] shapes;

    TextScorer(Vectorizer vectorizer, Linear linear) {
        this.vectorizer = vectorizer;
        this.words = grams(vectorizer.words(), Vectorizer.WORD, linear);
        this.parts = grams(vectorizer.parts(), Vectorizer.PART, linear);
        this.shapes = new double[ShapeFeature.values().length];
        for (ShapeFeature feature : ShapeFeature.values()) {
            shapes[feature.ordinal()] = linear.weight(Vectorizer.SHAPE + feature);
        }
    }

    private static Map<String, Gram> grams(Rarity rarity, String kind, Linear linear) {
        Map<String, Gram> grams = HashMap.newHashMap(rarity.weights().size());
        rarity.weights()
                .forEach((text, weight) -> grams.put(text, new Gram(grams.size(), weight, linear.weight(kind + text))));
        return grams;
    }

    double score(Text text) {
        double score = ofWords(text) + ofParts(text);
        for (ShapeFeature feature : ShapeFeature.values()) {
            score += shapes[feature.ordinal()] * vectorizer.amount(feature, text);
        }
        return score;
    }

    private double ofWords(Text text) {
        double sum = 0;
        double squares = 0;
        for (Map.Entry<String, Integer> gram : text.grams().entrySet()) {
            Gram known = words.get(gram.getKey());
            if (known != null) {
                double amount = Rarity.amount(known.rarity(), gram.getValue());
                sum += amount * known.weight();
                squares += amount * amount;
            }
        }
        return squares == 0 ? 0 : Vectorizer.WORD_LENGTH * sum / Math.sqrt(squares);
    }

    private double ofParts(Text text) {
        int[] times = new int[parts.size()];
        List<Gram> there = new ArrayList<>();
        text.eachPart(part -> {
            Gram known = parts.get(part);
            if (known != null && times[known.place()]++ == 0) {
                there.add(known);
            }
        });
        double sum = 0;
        double squares = 0;
        for (Gram gram : there) {
            double amount = Rarity.amount(gram.rarity(), times[gram.place()]);
            sum += amount * gram.weight();
            squares += amount * amount;
        }
        return squares == 0 ? 0 : Vectorizer.PART_LENGTH * sum / Math.sqrt(squares);
    }

    /** What of a text adds to its score or takes from it, as far as people know what to do with it: shape, and words that are known. */
    List<Spoke> spoke(Text text) {
        List<Spoke> spoke = new ArrayList<>();
        for (ShapeFeature feature : ShapeFeature.values()) {
            double amount = vectorizer.amount(feature, text);
            spoke.add(new Spoke(feature.reason(amount > 0), false, amount * shapes[feature.ordinal()]));
        }
        double squares = 0;
        int first = spoke.size();
        for (Map.Entry<String, Integer> gram : text.grams().entrySet()) {
            Gram known = words.get(gram.getKey());
            if (known != null) {
                double amount = Rarity.amount(known.rarity(), gram.getValue());
                squares += amount * amount;
                if (isPlain(gram.getKey())) {
                    spoke.add(new Spoke(gram.getKey(), true, amount * known.weight()));
                }
            }
        }
        double factor = Vectorizer.WORD_LENGTH / Math.sqrt(squares);
        spoke.subList(first, spoke.size()).replaceAll(one -> new Spoke(one.what(), true, one.amount() * factor));
        return spoke;
    }

    private static boolean isPlain(String gram) {
        boolean plain = gram.length() <= LONGEST_WORD;
        for (int i = 0; plain && i < gram.length(); i++) {
            plain = Character.isLetterOrDigit(gram.charAt(i)) || gram.charAt(i) == ' ';
        }
        return plain;
    }
}
