package ai.orchestrator.bench.run;

import java.util.List;

/**
 * What came of a scenario.
 *
 * @param notes what a reader of the results has to know beside them, each a sentence
 */
public record Measured(List<Result> results, List<String> notes) {
    public Measured {
        results = List.copyOf(results);
        notes = List.copyOf(notes);
    }

    /** Results that need no explanation. */
    public static Measured of(List<Result> results) {
        return new Measured(results, List.of());
    }

    /** A scenario that lacks something on this machine. */
    public static Measured nothing(String scenario, String why) {
        return new Measured(List.of(), List.of(scenario + " was not measured: " + why));
    }
}
