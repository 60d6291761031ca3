package ai.orchestrator.cache.redis;

import java.util.List;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.HostAndPort;

/** One server has all keys. */
record SingleServer(HostAndPort server) implements Topology {
    @Override
    public HostAndPort serverOf(CommandArguments command) {
        return server;
    }

    @Override
    public List<HostAndPort> masters() {
        return List.of(server);
    }

    @Override
    public void refresh() {}
}
