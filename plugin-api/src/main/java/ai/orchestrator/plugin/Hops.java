package ai.orchestrator.plugin;

/**
 * Which servers of this kind the current request has passed, so that servers that are set to ask each other, or themselves, find out. A provider
 * sends {@link #passed} on in {@link #HEADER} with each call of a server that may be one of this kind; the host refuses a request that has passed
 * it before.
 */
public final class Hops {
    /** The header that tells them. */
    public static final String HEADER = "X-Orchestrator-Hops";

    private static final ScopedValue<String> PASSED = ScopedValue.newInstance();

    private Hops() {}

    /** The header's value for calls that this thread makes, this server last; empty where it works for no request. */
    public static String passed() {
        return PASSED.orElse("");
    }

    /**
     * Does something for a request.
     *
     * @param passed what {@link #passed} is to be meanwhile
     */
    public static void run(String passed, Runnable action) {
        ScopedValue.where(PASSED, passed).run(action);
    }
}
