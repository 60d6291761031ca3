package ai.orchestrator.classifier.signals;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The words of a text in lower case and without accents. Whatever is neither letter nor digit parts two words, and so do
 * Chinese and Japanese characters.
 */
final class Words {
    private Words() {}

    static List<String> of(String text) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFD).toLowerCase(Locale.ROOT);
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        plain.codePoints().forEach(character -> {
            if (Scripts.isUnspaced(character)) {
                end(word, words);
            } else if (Character.isLetterOrDigit(character)) {
                word.appendCodePoint(character);
            } else if (Character.getType(character) != Character.NON_SPACING_MARK) {
                end(word, words);
            }
        });
        end(word, words);
        return words;
    }

    private static void end(StringBuilder word, List<String> words) {
        if (!word.isEmpty()) {
            words.add(word.toString());
            word.setLength(0);
        }
    }
}
