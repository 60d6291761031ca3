package ai.orchestrator.bench;

import java.io.IOException;
import java.util.List;

/** One question that is measured. It starts all that it needs, on free ports, and stops it. */
interface Scenario {
    /** What it is called on the command line. */
    String name();

    /** Measures; the floor, which the others are compared with, before them. */
    List<Result> measure(Setup setup) throws IOException, InterruptedException;
}
