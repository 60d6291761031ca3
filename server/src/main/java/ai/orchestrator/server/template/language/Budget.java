package ai.orchestrator.server.template.language;

/** Bounds what a template may cost, since templates come from anywhere. */
final class Budget {
    /** The text that is made and looked at, in characters, and the steps. */
    private static final long MAX_WORK = 32_000_000;

    private static final int WORK_OF_A_STEP = 16;
    private static final int MAX_DEPTH = 200;

    private long left = MAX_WORK;
    private int depth;

    /** Something is computed or printed. */
    void step() {
        work(WORK_OF_A_STEP);
    }

    /** So many characters are made or looked at. */
    void work(long characters) {
        left -= characters;
        if (left < 0) {
            throw new Fault("the template makes too much text or does not come to an end");
        }
    }

    /** A part is begun inside of another. */
    void enter() {
        if (++depth > MAX_DEPTH) {
            throw new Fault("the template's parts are nested too deeply or contain themselves");
        }
    }

    void leave() {
        depth--;
    }
}
