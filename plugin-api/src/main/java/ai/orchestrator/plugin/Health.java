package ai.orchestrator.plugin;

/**
 * How a service is doing.
 *
 * @param detail one sentence for the operator, empty when there is nothing to say; never holds a secret
 */
public record Health(State state, String detail) {
    /** From usable to not usable. */
    public enum State {
        /** Works. */
        UP,
        /** Not ready yet, and on its way. */
        STARTING,
        /** Works in part, or may fail. */
        DEGRADED,
        /** Does not work at present. */
        DOWN
    }

    private static final Health UP = new Health(State.UP, "");

    /** Works, with nothing to say about it. */
    public static Health up() {
        return UP;
    }

    /** Not ready yet. */
    public static Health starting(String detail) {
        return new Health(State.STARTING, detail);
    }

    /** Works in part. */
    public static Health degraded(String detail) {
        return new Health(State.DEGRADED, detail);
    }

    /** Does not work at present. */
    public static Health down(String detail) {
        return new Health(State.DOWN, detail);
    }
}
