package ai.orchestrator.server.template;

/** Finds where a JSON object or array that comes piece by piece ends, looking at each character once. */
final class JsonEnd {
    private static final int MAX_NESTING = 500;

    private final int start;
    private int at;
    private int depth;
    private boolean inString;
    private boolean escaped;
    private boolean broken;

    /** @param start where the opening brace or bracket is */
    JsonEnd(int start) {
        this.start = start;
        this.at = start;
    }

    /** Where the opening brace or bracket is. */
    int start() {
        return start;
    }

    /** Whether this cannot become JSON any more. */
    boolean broken() {
        return broken;
    }

    /** The offset after the end, or -1 as long as it has not come. */
    int find(HeldText text) {
        while (at < text.length() && !broken) {
            step(text.charAt(at++));
            if (depth == 0 && !broken) {
                return at;
            }
        }
        return -1;
    }

    private void step(char c) {
        if (escaped) {
            escaped = false;
        } else if (inString) {
            escaped = c == '\\';
            inString = c != '"';
        } else {
            switch (c) {
                case '"' -> inString = true;
                case '{', '[' -> broken = ++depth > MAX_NESTING;
                case '}', ']' -> broken = --depth < 0;
                default -> {
                    // what stands between
                }
            }
        }
    }
}
