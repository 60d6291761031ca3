package ai.orchestrator.server.search;

/**
 * A result of one engine, and what that counts.
 *
 * @param weight the engine's
 */
record Sighting(Hit hit, double weight) {
    private static final int K = 60;

    /** What it adds to the score of its page. */
    double share() {
        return weight / (K + hit.rank());
    }
}
