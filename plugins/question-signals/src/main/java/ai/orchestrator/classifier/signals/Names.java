package ai.orchestrator.classifier.signals;

import java.util.Set;

/** Counts the words of a text that are likely to be names, by their capitals. */
final class Names {
    private static final String SENTENCE_ENDS = ".!?:;\n\"“”«»„'‘¿¡([-•*";
    /** English and German write these with a capital anywhere. */
    private static final Set<String> NO_NAMES = Set.of("I", "Sie", "Ihnen", "Ihr", "Ihre", "Ihren");

    private final boolean capitalNouns;
    private int names;
    private int shouted;
    private int words;
    private boolean sentenceStarts = true;
    private boolean capitalBefore;

    private Names(boolean capitalNouns) {
        this.capitalNouns = capitalNouns;
    }

    /**
     * How many there are.
     *
     * @param capitalNouns whether the language writes every noun with a capital; a name is then two such words, or an abbreviation
     */
    static int count(String text, boolean capitalNouns) {
        Names names = new Names(capitalNouns);
        int start = -1;
        for (int i = 0; i <= text.length(); i++) {
            boolean inWord = i < text.length()
                    && Character.isLetterOrDigit(text.charAt(i))
                    && !Scripts.isUnspaced(text.charAt(i));
            if (inWord && start < 0) {
                start = i;
            } else if (!inWord) {
                if (start >= 0) {
                    names.add(text.substring(start, i));
                    start = -1;
                }
                if (i < text.length() && SENTENCE_ENDS.indexOf(text.charAt(i)) >= 0) {
                    names.sentenceStarts = true;
                    names.capitalBefore = false;
                }
            }
        }
        return names.shouted * 2 > names.words ? 0 : names.names;
    }

    private void add(String word) {
        words++;
        boolean capital = Character.isUpperCase(word.charAt(0)) && !NO_NAMES.contains(word);
        boolean abbreviation = hasCapitalWithin(word);
        if (abbreviation) {
            shouted++;
            names++;
        } else if (capital && word.length() > 1 && !sentenceStarts && (!capitalNouns || capitalBefore)) {
            names++;
        }
        capitalBefore = capital && !sentenceStarts;
        sentenceStarts = false;
    }

    private static boolean hasCapitalWithin(String word) {
        for (int i = 1; i < word.length(); i++) {
            if (Character.isUpperCase(word.charAt(i))) {
                return true;
            }
        }
        return false;
    }
}
