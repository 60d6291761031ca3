package ai.orchestrator.cache.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.Protocol;

/** One master has all keys, and Sentinels know which server that is at present. */
final class SentinelTopology implements Topology {
    private final List<HostAndPort> sentinels;
    private final Discovery<HostAndPort> master;

    SentinelTopology(List<HostAndPort> sentinels, String name, JedisClientConfig config, Duration timeout) {
        this.sentinels = sentinels;
        CommandArguments question = new CommandArguments(Protocol.Command.SENTINEL)
                .add(Protocol.SentinelKeyword.GET_MASTER_ADDR_BY_NAME)
                .add(name);
        this.master = new Discovery<>(config, timeout, question, (reply, asked) -> read(reply));
    }

    @Override
    public HostAndPort serverOf(CommandArguments command) {
        return master.known(() -> sentinels);
    }

    @Override
    public List<HostAndPort> masters() {
        return List.of(master.known(() -> sentinels));
    }

    @Override
    public void refresh() {
        master.refresh(sentinels);
    }

    private static HostAndPort read(Object reply) {
        if (!(reply instanceof List<?> address)) {
            throw new UnknownServerException("knows no master of the name in the url");
        }
        String host = new String((byte[]) address.get(0), StandardCharsets.UTF_8);
        return new HostAndPort(host, Integer.parseInt(new String((byte[]) address.get(1), StandardCharsets.UTF_8)));
    }
}
