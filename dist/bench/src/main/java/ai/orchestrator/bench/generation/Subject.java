package ai.orchestrator.bench.generation;

import java.io.IOException;
import java.util.stream.Stream;

/** Something that writes an answer, and is measured by that. */
interface Subject extends AutoCloseable {
    /** The text that is gone on with; without a template, so that every subject gets the same tokens. */
    String PROMPT = "The history of the old town by the sea began long ago, when the first ships came from the north.";

    String name();

    /** Has it write an answer of so many tokens. */
    Generation generate(int tokens) throws IOException, InterruptedException;

    @Override
    void close();

    /** A subject whose client can leave before the end. */
    interface Leavable extends Subject {
        /** Opens an answer of so many tokens. */
        TokenStream open(int tokens) throws IOException, InterruptedException;

        /** The processes that compute. */
        Stream<ProcessHandle> engine();
    }
}
