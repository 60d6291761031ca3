package ai.orchestrator.cache.redis;

import java.util.Optional;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.exceptions.JedisDataException;

/** What became of one command among several: its result, or else the error that Redis answered. */
record Outcome<T>(Optional<T> result, Optional<JedisDataException> error) {
    /** @param reply never null; an exception stands for an error */
    static <T> Outcome<T> of(CommandObject<T> command, Object reply) {
        return reply instanceof JedisDataException error
                ? new Outcome<>(Optional.empty(), Optional.of(error))
                : new Outcome<>(Optional.of(command.getBuilder().build(reply)), Optional.empty());
    }
}
