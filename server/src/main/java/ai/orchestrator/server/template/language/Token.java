package ai.orchestrator.server.template.language;

/**
 * A piece of a template.
 *
 * @param text a name without its dot, a variable with its dollar sign, anything else as it stands
 * @param offset where it begins
 * @param spaced whether white space stands before it
 */
record Token(Kind kind, String text, int offset, boolean spaced) {
    enum Kind {
        TEXT,
        OPEN,
        CLOSE,
        NAME,
        FIELD,
        VARIABLE,
        DOT,
        STRING,
        RAW_STRING,
        CHARACTER,
        NUMBER,
        DECLARE,
        ASSIGN,
        PIPE,
        COMMA,
        LEFT,
        RIGHT,
        END
    }

    boolean is(Kind wanted) {
        return kind == wanted;
    }

    boolean isName(String name) {
        return kind == Kind.NAME && text.equals(name);
    }

    /** As it is named in a complaint. */
    String shown() {
        return switch (kind) {
            case CLOSE -> "the end of the action";
            case END -> "the end of the template";
            case FIELD -> "." + text;
            default -> text;
        };
    }
}
