package ai.orchestrator.server.http;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Who may call.
 *
 * @param keys those that let a caller in; none for everybody
 * @param requireOnLoopback whether callers on this machine need a key, too
 * @param requireBehindProxy whether a caller counts as another machine's whose request came through a proxy on this one, as its headers tell
 */
public record Access(List<Key> keys, boolean requireOnLoopback, boolean requireBehindProxy) {
    /** Everybody may call. */
    public static final Access OPEN = new Access(List.of(), false, true);

    public Access {
        keys = List.copyOf(keys);
    }

    /**
     * A key.
     *
     * @param secret what the caller sends
     * @param tenant whose key it is; several keys may share a tenant
     * @param admin whether it is for what touches every tenant, too
     */
    public record Key(String secret, String tenant, boolean admin) {
        /** Leaves the secret out. */
        @Override
        public String toString() {
            return "key of " + tenant;
        }

        byte[] bytes() {
            return secret.getBytes(StandardCharsets.UTF_8);
        }
    }
}
