package ai.orchestrator.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;

/** Closes a connection after its reply where either side says so; Helidon 4.5 announces it and leaves the connection open. */
final class CloseOnRequest implements Filter {
    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        chain.proceed();
        if (request.content().consumed()) {
            Inbound.CURRENT.get().within(false);
        }
        if (asksFor(request.headers()) || asksFor(response.headers())) {
            dropBody(request);
            throw new CloseConnectionException("close was asked for");
        }
    }

    private static boolean asksFor(Headers headers) {
        return headers.contains(HeaderNames.CONNECTION) && headers.containsToken(HeaderValues.CONNECTION_CLOSE);
    }

    /** A connection that is closed over an unread body is reset, which can cost the client the reply. */
    private static void dropBody(RoutingRequest request) {
        boolean heldBack = request.headers().containsToken(HeaderValues.EXPECT_100) && !request.continueSent();
        if (heldBack || request.content().consumed()) {
            return;
        }
        try {
            request.content().consume();
        } catch (RuntimeException ignored) {
            // the connection ends either way
        }
    }
}
