package ai.orchestrator.classifier.signals;

/**
 * What the characters of a text are.
 *
 * @param questions question marks
 * @param numbers runs of digits, a decimal point or thousands' comma included
 * @param unspaced which part of the letters is Chinese or Japanese, 0 to 1
 * @param uncovered which part of the letters is of a script that the word lists do not cover, 0 to 1
 */
record Characters(int questions, int numbers, double unspaced, double uncovered) {
    static Characters of(String text) {
        int questions = 0;
        int numbers = 0;
        int letters = 0;
        int unspaced = 0;
        int uncovered = 0;
        boolean inNumber = false;
        int character;
        for (int i = 0; i < text.length(); i += Character.charCount(character)) {
            character = text.codePointAt(i);
            boolean digit = Character.isDigit(character);
            if (digit && !inNumber) {
                numbers++;
            }
            inNumber = digit || (inNumber && (character == '.' || character == ','));
            if (character == '?' || character == '？' || character == '؟') {
                questions++;
            } else if (Character.isLetter(character)) {
                letters++;
                unspaced += Scripts.isUnspaced(character) ? 1 : 0;
                uncovered += Scripts.isUncovered(character) ? 1 : 0;
            }
        }
        double all = Math.max(1, letters);
        return new Characters(questions, numbers, unspaced / all, uncovered / all);
    }
}
