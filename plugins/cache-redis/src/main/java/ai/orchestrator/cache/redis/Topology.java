package ai.orchestrator.cache.redis;

import java.util.List;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.HostAndPort;

/** Which servers there are, and which of them has a key. */
interface Topology {
    /**
     * The server that has a command's key.
     *
     * @throws UnknownServerException if that is not known at present
     */
    HostAndPort serverOf(CommandArguments command);

    /** True if a server may send a command on to another one. */
    default boolean redirects() {
        return false;
    }

    /**
     * Every server that takes writes.
     *
     * @throws UnknownServerException if none is known
     */
    List<HostAndPort> masters();

    /**
     * Finds out anew; may block for the timeout times the hosts of the URL.
     *
     * @throws UnknownServerException if nobody tells; what was known before still holds then
     */
    void refresh();
}
