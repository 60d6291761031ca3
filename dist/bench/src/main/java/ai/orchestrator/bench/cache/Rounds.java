package ai.orchestrator.bench.cache;

import ai.orchestrator.bench.run.Samples;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The runs of one server, round by round. */
record Rounds(List<Run> runs) {
    Rounds {
        runs = List.copyOf(runs);
    }

    /** How a server is measured once. */
    interface Turn {
        Run take(Loaded server) throws IOException, InterruptedException;
    }

    /** Has servers take turns; each goes first as often as last. */
    static List<Rounds> of(int count, List<Loaded> servers, Turn turn) throws IOException, InterruptedException {
        List<List<Run>> runs =
                servers.stream().<List<Run>>map(ignored -> new ArrayList<>()).toList();
        for (int round = 0; round < count; round++) {
            for (int i = 0; i < servers.size(); i++) {
                int which = round % 2 == 0 ? i : servers.size() - 1 - i;
                runs.get(which).add(turn.take(servers.get(which)));
            }
        }
        return runs.stream().map(Rounds::new).toList();
    }

    Samples samples(ToDoubleFunction<Run> figure) {
        return new Samples(runs.stream().map(figure::applyAsDouble).toList());
    }

    Samples perSecond() {
        return samples(Run::perSecond);
    }

    Samples perCpuSecond() {
        return samples(Run::perCpuSecond);
    }

    Samples cpu() {
        return samples(Run::cpuMillisPerThousand);
    }

    Samples millis(double percentile) {
        return samples(run -> run.tally().millis(percentile));
    }

    Samples firstByteMillis(double percentile) {
        return samples(run -> run.tally().firstByteMillis(percentile));
    }
}
