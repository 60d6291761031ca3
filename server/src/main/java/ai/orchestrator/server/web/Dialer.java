package ai.orchestrator.server.web;

import java.io.IOException;
import java.net.InetSocketAddress;

/** The last step before a connection: what is really dialled for a checked address. */
@FunctionalInterface
interface Dialer {
    /** Dials what was checked. */
    Dialer DIRECT = checked -> checked;

    InetSocketAddress dial(InetSocketAddress checked) throws IOException;
}
