package ai.orchestrator.bench.run;

import java.io.IOException;

/** One question that is measured. It starts all that it needs, on free ports, and stops it. */
public interface Scenario {
    /** What it is called on the command line. */
    String name();

    /** What it measures, for the command line's help. */
    String purpose();

    /** Measures; the floor, which the others are compared with, before them. */
    Measured measure(Setup setup) throws IOException, InterruptedException;
}
