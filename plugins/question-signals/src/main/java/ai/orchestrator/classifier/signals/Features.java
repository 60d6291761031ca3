package ai.orchestrator.classifier.signals;

import ai.orchestrator.plugin.classify.Question;
import java.util.List;
import java.util.Map;

/**
 * What the rules look at.
 *
 * @param question the question as it was asked
 * @param length characters of the whole text, a Chinese or Japanese one counted as three
 * @param topics how many different words of each topic the text has
 * @param asks whether the text has a question mark, or begins with a question word
 * @param names words that are likely to be names
 */
record Features(
        Question question,
        long length,
        Map<Topic, Integer> topics,
        boolean asks,
        int names,
        Lines lines,
        Characters characters) {
    private static final int UNSPACED_WEIGHT = 3;
    private static final int FIRST_WORDS = 3;

    static Features of(Question question, Phrases phrases) {
        String excerpt = Excerpt.of(question.text());
        List<String> words = Words.of(excerpt);
        Map<Topic, Integer> topics = phrases.count(excerpt, words);
        Characters characters = Characters.of(excerpt);
        List<String> firstWords = words.subList(0, Math.min(FIRST_WORDS, words.size()));
        return new Features(
                question,
                Math.round(question.text().length() * (1 + (UNSPACED_WEIGHT - 1) * characters.unspaced())),
                topics,
                characters.questions() > 0 || phrases.count(excerpt, firstWords).containsKey(Topic.FACT_QUESTION),
                Names.count(excerpt, topics.containsKey(Topic.CAPITAL_NOUNS)),
                Lines.of(excerpt),
                characters);
    }

    int count(Topic topic) {
        return topics.getOrDefault(topic, 0);
    }

    boolean has(Topic topic) {
        return count(topic) > 0;
    }
}
