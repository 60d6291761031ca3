package ai.orchestrator.server.routing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects all that is wrong with a file, so that one start tells everything. */
final class Problems {
    private record Problem(int line, String sentence) {}

    private final String file;
    private final List<Problem> found = new ArrayList<>();

    Problems(String file) {
        this.file = file;
    }

    void add(int line, String sentence) {
        found.add(new Problem(line, sentence));
    }

    void throwIfAny() {
        if (!found.isEmpty()) {
            throw new InvalidRoutesException(found.stream()
                    .sorted(Comparator.comparingInt(Problem::line))
                    .map(problem -> file + ":" + problem.line + ": " + problem.sentence)
                    .toList());
        }
    }
}
