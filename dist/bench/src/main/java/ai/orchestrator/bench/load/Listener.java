package ai.orchestrator.bench.load;

/** Is told what came of each request; by many threads at once where the load is open. All times are of {@link System#nanoTime}. */
public interface Listener {
    /**
     * A reply was read to its end.
     *
     * @param due when the request was to be sent, which is before it was sent if the generator could not keep up with the server
     * @param first when the first byte of the body was there
     * @param reply only until this method returns
     */
    void answered(long due, long first, long end, Reply reply);

    /** There was no reply, or no whole one. */
    void failed(long due, long end, String why);
}
