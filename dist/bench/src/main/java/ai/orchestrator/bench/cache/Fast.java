package ai.orchestrator.bench.cache;

import ai.orchestrator.bench.load.Wrk;
import ai.orchestrator.bench.run.Setup;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The closed loop whose figures count: by {@code wrk} where there is one, or else by this module's own. */
record Fast(Setup setup) {
    /** As many requests as each server can answer, in turns. */
    List<Rounds> rounds(List<Loaded> servers) throws IOException, InterruptedException {
        Optional<Wrk> wrk = setup.loading().wrk().map(program -> new Wrk(program, setup.folder()));
        Duration length = setup.loading().length();
        return Rounds.of(
                setup.loading().rounds(),
                servers,
                wrk.isPresent() ? each -> each.closed(wrk.get(), length) : each -> each.closed(length));
    }

    /** Who sent the requests, as a note for the report. */
    String note() {
        return setup.loading().wrk().isPresent()
                ? "The closed loops that were measured are wrk's: one thread, 64 connections; warm-up and open loops are the benchmark's own."
                : "There is no 'wrk' on the PATH, so the closed loops are the benchmark's own: install wrk (apt-get install wrk),"
                        + " or name one with --wrk.";
    }
}
