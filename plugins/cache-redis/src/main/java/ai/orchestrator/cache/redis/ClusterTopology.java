package ai.orchestrator.cache.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.Protocol;

/** Several masters have a part of the keys each, as any of them tells. */
final class ClusterTopology implements Topology {
    private static final String UNKNOWN_HOST = "?";

    private final List<HostAndPort> seeds;
    private final Discovery<TreeMap<Integer, Range>> ranges;

    ClusterTopology(List<HostAndPort> seeds, JedisClientConfig config, Duration timeout) {
        this.seeds = seeds;
        CommandArguments question = new CommandArguments(Protocol.Command.CLUSTER).add(Protocol.ClusterKeyword.SLOTS);
        this.ranges = new Discovery<>(config, timeout, question, (reply, asked) -> read((List<?>) reply, asked));
    }

    @Override
    public HostAndPort serverOf(CommandArguments command) {
        int slot = command.getKeyHashSlots().iterator().next();
        return Optional.ofNullable(ranges.known(this::hosts).floorEntry(slot))
                .map(entry -> entry.getValue())
                .filter(range -> slot <= range.last)
                .orElseThrow(() -> new UnknownServerException("has no server for a part of the keys"))
                .master;
    }

    @Override
    public boolean redirects() {
        return true;
    }

    @Override
    public List<HostAndPort> masters() {
        return masters(ranges.known(this::hosts));
    }

    @Override
    public void refresh() {
        ranges.refresh(hosts());
    }

    /** Those that were masters last, which know best, then those of the URL. */
    private Collection<HostAndPort> hosts() {
        List<HostAndPort> hosts =
                new ArrayList<>(ranges.ifKnown().map(ClusterTopology::masters).orElse(List.of()));
        hosts.addAll(seeds);
        return hosts;
    }

    private static List<HostAndPort> masters(TreeMap<Integer, Range> ranges) {
        return ranges.values().stream().map(Range::master).distinct().toList();
    }

    private static TreeMap<Integer, Range> read(List<?> reply, HostAndPort asked) {
        TreeMap<Integer, Range> ranges = new TreeMap<>();
        for (Object element : reply) {
            List<?> range = (List<?>) element;
            List<?> master = (List<?>) range.get(2);
            int port = Math.toIntExact((Long) master.get(1));
            ranges.put(
                    Math.toIntExact((Long) range.get(0)),
                    new Range(Math.toIntExact((Long) range.get(1)), new HostAndPort(host(master.get(0), asked), port)));
        }
        if (ranges.isEmpty()) {
            throw new UnknownServerException("has no server with any keys");
        }
        return ranges;
    }

    /** A server that does not know its own name leaves it out, and means the one that it was asked by. */
    private static String host(Object element, HostAndPort asked) {
        String host = element instanceof byte[] name ? new String(name, StandardCharsets.UTF_8) : "";
        return host.isEmpty() || host.equals(UNKNOWN_HOST) ? asked.getHost() : host;
    }

    private record Range(int last, HostAndPort master) {}
}
