package ai.orchestrator.classifier.tribuo;

/**
 * How many characters of some kinds a text has.
 *
 * @param formulas signs of mathematics
 * @param code brackets and marks that programs are full of
 */
record Marks(int quotes, int questions, int formulas, int code, int digits) {
    static Marks of(String text) {
        int quotes = 0;
        int questions = 0;
        int formulas = 0;
        int code = 0;
        int digits = 0;
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            switch (character) {
                case '"', '“', '”', '‘', '’', '«', '»', '„' -> quotes++;
                case '?', '？', '؟' -> questions++;
                case '=',
                        '+',
                        '*',
                        '/',
                        '^',
                        '<',
                        '>',
                        '\\',
                        '|',
                        '∑',
                        '∏',
                        '∫',
                        '√',
                        '≤',
                        '≥',
                        '≠',
                        '±',
                        '×',
                        '÷',
                        '∀',
                        '∃',
                        '∈',
                        '∞' -> formulas++;
                case '{', '}', ';', '_', '`' -> code++;
                default -> digits += Character.isDigit(character) ? 1 : 0;
            }
        }
        return new Marks(quotes, questions, formulas, code, digits);
    }
}
