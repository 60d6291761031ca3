package ai.orchestrator.server.orchestration;

/** Looks an answer's text through while it streams, and may change it. Used by one thread. */
public interface AnswerText {
    /** What may be passed on after one more piece; empty where all of it has to wait for the next. */
    String next(String piece);

    /** What was held back, now that nothing follows it. */
    String end();

    /** What this server has to say below the whole text, once it has ended; empty where that is nothing. */
    default String below() {
        return "";
    }

    /** Passes everything on. */
    static AnswerText asItIs() {
        return new AnswerText() {
            @Override
            public String next(String piece) {
                return piece;
            }

            @Override
            public String end() {
                return "";
            }
        };
    }
}
