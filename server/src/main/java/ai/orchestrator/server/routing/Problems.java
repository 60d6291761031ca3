package ai.orchestrator.server.routing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** Collects all that is wrong with a file, so that one start tells everything. */
final class Problems {
    private static final Pattern LINE_BREAKS = Pattern.compile("[\\p{Cc}\\u2028\\u2029]+");

    private record Problem(int line, String sentence) {}

    private final String file;
    private final List<Problem> found = new ArrayList<>();

    Problems(String file) {
        this.file = file;
    }

    /** Adds a problem, in one line even if it quotes something that is not. */
    void add(int line, String sentence) {
        found.add(new Problem(line, LINE_BREAKS.matcher(sentence).replaceAll(" ")));
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
