package ai.orchestrator.classifier.tribuo;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The lines of a text, and what they have to do with one another.
 *
 * @param tokens of all lines
 * @param variety how many of the words and numbers are different ones, 0 to 1
 * @param repeated how much of a line's words was said in the lines before it, on average over all but the first, 0 to 1
 * @param numbers the part of the lines that are hardly more than a number, 0 to 1
 */
record Lines(List<String> tokens, double variety, double repeated, double numbers) {
    /** What marks an answer to choose from, such as {@code B.} or {@code c)}. */
    private static final Pattern CHOICE = Pattern.compile("^[A-Ja-j][.)]\\s+");

    /** Units and names of variables. */
    private static final int FEW_LETTERS = 2;

    static Lines of(String text) {
        List<String> tokens = new ArrayList<>();
        Set<String> said = new HashSet<>();
        Set<String> inLine = new HashSet<>();
        int words = 0;
        double repeated = 0;
        int later = 0;
        int numbers = 0;
        int filled = 0;
        for (String line : text.lines().toList()) {
            List<String> found = Tokens.of(line);
            tokens.addAll(found);
            inLine.clear();
            for (String token : found) {
                if (Tokens.isWord(token)) {
                    words++;
                    inLine.add(token);
                }
            }
            if (!inLine.isEmpty()) {
                if (!said.isEmpty()) {
                    later++;
                    repeated += part(inLine, said);
                }
                said.addAll(inLine);
            }
            if (!found.isEmpty()) {
                filled++;
                numbers += isNumber(line.strip()) ? 1 : 0;
            }
        }
        return new Lines(
                tokens,
                words == 0 ? 1 : said.size() / (double) words,
                repeated / Math.max(1, later),
                numbers / (double) Math.max(1, filled));
    }

    private static double part(Set<String> words, Set<String> said) {
        int again = 0;
        for (String word : words) {
            again += said.contains(word) ? 1 : 0;
        }
        return again / (double) words.size();
    }

    private static boolean isNumber(String line) {
        String rest = CHOICE.matcher(line).replaceFirst("");
        int digits = 0;
        int letters = 0;
        for (int i = 0; i < rest.length(); i++) {
            digits += Character.isDigit(rest.charAt(i)) ? 1 : 0;
            letters += Character.isLetter(rest.charAt(i)) ? 1 : 0;
        }
        return digits > 0 && letters <= Math.max(FEW_LETTERS, digits);
    }
}
