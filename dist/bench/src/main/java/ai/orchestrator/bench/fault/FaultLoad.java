package ai.orchestrator.bench.fault;

import ai.orchestrator.bench.cache.Wire;
import ai.orchestrator.bench.load.Requests;

/** What is asked while a tier breaks. */
enum FaultLoad {
    /** The same questions again and again: each is answered by the first tier that can. */
    HITS("stored answers"),
    /** A new question each time: every tier is asked in vain, and the upstream answers. */
    MISSES("new answers");

    private static final int ENTRIES = 1_000;

    private final String shown;

    FaultLoad(String shown) {
        this.shown = shown;
    }

    String shown() {
        return shown;
    }

    Requests requests() {
        Requests each = Wire.OLLAMA.requests(false);
        return this == HITS ? each.cycling(0, ENTRIES) : each;
    }
}
