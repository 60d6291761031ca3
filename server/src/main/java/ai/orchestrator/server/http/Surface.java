package ai.orchestrator.server.http;

/** A family of endpoints that share their wire format. */
public interface Surface {
    /** Adds the endpoints. */
    void addTo(Routes routes);
}
