package ai.orchestrator.server.config;

import java.util.List;

/**
 * Who may call.
 *
 * @param keys none where everybody may
 * @param requireOnLoopback whether callers on this machine need a key, too
 * @param requireBehindProxy whether a request that came through a proxy on this machine needs one
 */
public record AccessConfig(List<ApiKey> keys, boolean requireOnLoopback, boolean requireBehindProxy) {
    public AccessConfig {
        keys = List.copyOf(keys);
    }

    /**
     * A key that lets a caller in.
     *
     * @param key a secret
     * @param tenant whose key it is
     * @param admin whether it is for what touches every tenant, too
     */
    public record ApiKey(String key, String tenant, boolean admin) {
        /** Leaves the secret out. */
        @Override
        public String toString() {
            return "key of " + tenant;
        }
    }
}
