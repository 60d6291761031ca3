package ai.orchestrator.cache.redis;

import java.util.List;
import java.util.stream.Collectors;
import redis.clients.jedis.HostAndPort;

/**
 * Where Redis is and how to log in there. Shown as hosts and ports only.
 *
 * @param hosts the server; or Sentinels; or some of a cluster's servers
 * @param database number of the database, 0 in a cluster
 * @param master the name that Sentinels know the master by, empty without Sentinels
 * @param sentinelLogin for the Sentinels themselves
 */
record RedisAddress(
        Kind kind,
        boolean tls,
        List<HostAndPort> hosts,
        int database,
        String master,
        RedisLogin login,
        RedisLogin sentinelLogin) {
    /** How the servers stand to each other. */
    enum Kind {
        /** One server. */
        SINGLE,
        /** A master and its replicas, looked after by Sentinels. */
        SENTINEL,
        /** Several masters that share the keys. */
        CLUSTER
    }

    @Override
    public String toString() {
        return hosts.stream().map(HostAndPort::toString).collect(Collectors.joining(", "));
    }
}
