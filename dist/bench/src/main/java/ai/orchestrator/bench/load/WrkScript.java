package ai.orchestrator.bench.load;

/** A Lua script that has {@code wrk} send requests that are prepared, each with its number. */
final class WrkScript {
    private static final int PRINTABLE = ' ';
    private static final int DELETE = 0x7f;

    private WrkScript() {}

    /**
     * The script.
     *
     * @param before what a request begins with, up to its number
     * @param digits how many digits the number has; 0 for none
     * @param after what follows the number
     * @param start how many have been sent before
     * @param from the lowest number
     * @param distinct how many numbers there are before they come again
     */
    static String of(String before, int digits, String after, long start, long from, long distinct) {
        return """
                local before = %s
                local after = %s
                local sent = %d
                function request()
                  local number = %d + sent %% %d
                  sent = sent + 1
                  return before .. %s .. after
                end
                """.formatted(
                        literal(before),
                        literal(after),
                        start,
                        from,
                        distinct,
                        digits == 0 ? "\"\"" : "string.format(\"%0" + digits + "d\", number)");
    }

    /** Lua's literal for a text in ASCII. */
    static String literal(String text) {
        StringBuilder literal = new StringBuilder("\"");
        text.chars().forEach(each -> {
            if (each > DELETE) {
                throw new IllegalArgumentException("a request that is not in ASCII");
            }
            if (each == '"' || each == '\\') {
                literal.append('\\').append((char) each);
            } else if (each < PRINTABLE || each == DELETE) {
                // three digits always, as one may follow
                literal.append("\\%03d".formatted(each));
            } else {
                literal.append((char) each);
            }
        });
        return literal.append('"').toString();
    }
}
