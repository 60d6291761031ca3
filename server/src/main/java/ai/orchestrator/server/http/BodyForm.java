package ai.orchestrator.server.http;

/** A second kind of body that an endpoint of another surface takes. */
public interface BodyForm {
    /** Whether this body is of that kind. */
    boolean takes(JsonBody body);

    /** Answers such a body. */
    void answer(Exchange exchange, JsonBody body);
}
