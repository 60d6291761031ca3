package ai.orchestrator.server.web;

import java.io.Serial;
import java.net.UnknownHostException;

/** A name or a connection leads to an address that is not of the public web. */
final class PrivateAddressException extends UnknownHostException {
    @Serial
    private static final long serialVersionUID = 1L;

    PrivateAddressException() {
        super("not an address of the public web");
    }
}
