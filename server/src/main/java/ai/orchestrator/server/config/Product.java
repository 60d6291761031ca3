package ai.orchestrator.server.config;

/** What this program is called. */
public final class Product {
    /** The release, as in {@code pom.xml}. */
    public static final String VERSION = "0.1.0";

    /** What the server and its plugins call themselves to remote servers. */
    public static final String USER_AGENT = "ai-orchestrator/" + VERSION;

    private Product() {}
}
