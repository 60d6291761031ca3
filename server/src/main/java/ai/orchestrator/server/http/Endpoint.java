package ai.orchestrator.server.http;

/** Answers the requests of one method and path. */
@FunctionalInterface
public interface Endpoint {
    /**
     * Answers a request, on its own thread, before returning.
     *
     * @throws HttpProblem if the request is refused; any other exception is mapped by {@link Problems}
     */
    void answer(Exchange exchange);
}
