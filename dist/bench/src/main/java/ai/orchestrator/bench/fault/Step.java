package ai.orchestrator.bench.fault;

import java.io.IOException;

/** A turn of a fault: it strikes, or it is over. */
interface Step {
    void take() throws IOException, InterruptedException;
}
