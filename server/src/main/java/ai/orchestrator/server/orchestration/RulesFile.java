package ai.orchestrator.server.orchestration;

import java.util.List;

/** The file that the operator's rules are read from, again and again. */
public interface RulesFile {
    /** Reads the file now. Where anything is wrong with it, the rules that were in force stay so. */
    Reload reload();

    /** What came of reading the file. */
    sealed interface Reload {
        /**
         * The file's rules are in force.
         *
         * @param changes what is different from the rules before, a sentence each; empty where nothing is
         */
        record InForce(List<String> changes) implements Reload {
            public InForce {
                changes = List.copyOf(changes);
            }
        }

        /**
         * The file cannot be used, and the rules before stay in force.
         *
         * @param problems what is wrong, {@code file:line: sentence} each; never empty
         */
        record Refused(List<String> problems) implements Reload {
            public Refused {
                problems = List.copyOf(problems);
            }
        }
    }
}
