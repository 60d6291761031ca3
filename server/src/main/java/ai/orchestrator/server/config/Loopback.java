package ai.orchestrator.server.config;

import java.net.InetAddress;

/** Whether a host means this machine. */
final class Loopback {
    private Loopback() {}

    /** Looks no name up: any but {@code localhost} counts as another machine. */
    static boolean is(String host) {
        try {
            return host.equalsIgnoreCase("localhost")
                    || InetAddress.ofLiteral(host).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
