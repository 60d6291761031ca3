package ai.orchestrator.classifier.signals;

import java.util.Iterator;
import java.util.List;

/**
 * What the lines of a text are.
 *
 * @param items lines that begin as an item of a list does
 * @param code lines that look like code, or stand between code fences
 * @param formulas signs of mathematics in the other lines: symbols, powers, TeX commands and equals signs
 */
record Lines(int items, int code, int formulas) {
    private static final String FENCE = "```";
    private static final String SYMBOLS = "∑∏∫√≤≥≠≈≡∈∉⊂⊆∪∩∀∃∞∂∇±×÷^=";
    private static final String BULLETS = "-*•–・";
    private static final List<String> CODE_STARTS = List.of(
            "def ",
            "class ",
            "import ",
            "from ",
            "#include",
            "public ",
            "private ",
            "function ",
            "func ",
            "fn ",
            "const ",
            "let ",
            "var ",
            "return ",
            "if (",
            "for (",
            "while (",
            "SELECT ",
            "INSERT ",
            "UPDATE ",
            "<");
    private static final List<String> CODE_PARTS = List.of("()", "=>", "->", "==", "&&", "||", "+=", "</", "::");

    static Lines of(String text) {
        int items = 0;
        int code = 0;
        int formulas = 0;
        boolean fenced = false;
        for (Iterator<String> lines = text.lines().iterator(); lines.hasNext(); ) {
            String line = lines.next().strip();
            if (line.startsWith(FENCE)) {
                fenced = !fenced;
            } else if (fenced || isCode(line)) {
                code++;
            } else {
                items += isItem(line) ? 1 : 0;
                formulas += formulas(line);
            }
        }
        return new Lines(items, code, formulas);
    }

    private static boolean isCode(String line) {
        if (line.endsWith(";") || line.endsWith("{") || line.endsWith("}") || line.endsWith("):")) {
            return true;
        }
        boolean marked = line.chars().anyMatch(character -> "(){}=;>".indexOf(character) >= 0);
        return marked
                && (CODE_STARTS.stream().anyMatch(line::startsWith)
                        || CODE_PARTS.stream().anyMatch(line::contains));
    }

    private static boolean isItem(String line) {
        int digits = 0;
        while (digits < line.length() && Character.isDigit(line.charAt(digits))) {
            digits++;
        }
        if (digits > 0) {
            return digits < 3 && digits < line.length() && ".)、".indexOf(line.charAt(digits)) >= 0;
        }
        return line.length() > 2 && BULLETS.indexOf(line.charAt(0)) >= 0 && line.charAt(1) == ' ';
    }

    private static int formulas(String line) {
        int count = 0;
        for (int i = 0; i < line.length(); i++) {
            char character = line.charAt(i);
            boolean command = character == '\\' && i + 1 < line.length() && Character.isLetter(line.charAt(i + 1));
            count += command || SYMBOLS.indexOf(character) >= 0 ? 1 : 0;
        }
        return count;
    }
}
