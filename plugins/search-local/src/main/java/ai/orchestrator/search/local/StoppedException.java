package ai.orchestrator.search.local;

/** Nobody waits any more for what is being read. Unchecked, since PDFBox takes checked ones for faults of the file and tries on. */
final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoppedException() {
        super("stopped", null, false, false);
    }

    /** Throws one where the thread has been interrupted, which it stays. */
    static void ifInterrupted() {
        if (Thread.currentThread().isInterrupted()) {
            throw new StoppedException();
        }
    }
}
