package ai.orchestrator.server.search.answer;

/** What becomes of the beginning of a text; lengths are in characters of it. */
sealed interface Mark {
    /** It takes more text to tell. */
    record Undecided() implements Mark {}

    /** Passed on as it is. */
    record Keep(int length) implements Mark {}

    /** Passed on as it is: backticks that nothing pairs with here, but perhaps something further on in the paragraph. */
    record Unpaired(int length) implements Mark {}

    /** Taken out. */
    record Drop(int length) implements Mark {}

    /** Another text in its place. */
    record Write(int length, String text) implements Mark {}

    /** Another text in its place, which is looked at once more; it is shorter. */
    record Reread(int length, String text) implements Mark {}
}
