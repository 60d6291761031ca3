package ai.orchestrator.server.http;

import ai.orchestrator.plugin.PluginFailure;
import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import java.util.function.Consumer;

/** Turns whatever an endpoint throws into a reply. */
public final class Guard {
    private Guard() {}

    /**
     * Runs {@code action} and answers its failure in the given style. A reply that has begun cannot be replaced: the connection is closed,
     * which tells the client that the reply is cut.
     */
    public static void run(Exchange exchange, ErrorStyle errors, Runnable action) {
        try {
            action.run();
            if (!exchange.begun()) {
                throw new IllegalStateException("an endpoint has not answered");
            }
        } catch (CloseConnectionException | RequestException e) {
            throw e;
        } catch (RuntimeException e) {
            HttpProblem problem = Problems.of(e, exchange.requestId());
            if (exchange.begun()) {
                throw new CloseConnectionException(
                        e instanceof PluginFailure.Cancelled ? "the client left" : "a reply broke off", e);
            }
            exchange.sendProblem(problem, errors);
        }
    }

    /**
     * Runs {@code action}, which may stream a reply. What fails before the reply has begun passes through; what fails later is given to
     * {@code tell}, which ends the stream with it.
     */
    public static void stream(Exchange exchange, Runnable action, Consumer<HttpProblem> tell) {
        try {
            action.run();
        } catch (CloseConnectionException | RequestException | PluginFailure.Cancelled e) {
            throw e;
        } catch (RuntimeException e) {
            if (!exchange.begun()) {
                throw e;
            }
            tell.accept(Problems.of(e, exchange.requestId()));
        }
    }
}
