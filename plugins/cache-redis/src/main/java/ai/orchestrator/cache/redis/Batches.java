package ai.orchestrator.cache.redis;

import ai.orchestrator.plugin.PluginFailure;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/** Many commands of one kind at once, each at the server that has its key. */
final class Batches {
    private final RedisCalls redis;

    Batches(RedisCalls redis) {
        this.redis = redis;
    }

    /**
     * Commands that are carried out in order as far as they are about the same key. All are tried, whatever fails.
     *
     * @param ofAnotherType the result for a key that holds another type of value than the command is for
     * @throws PluginFailure as the first of those that failed
     */
    <T> List<T> call(Purpose purpose, List<CommandObject<T>> commands, T ofAnotherType) {
        Map<HostAndPort, List<CommandObject<T>>> parts = new LinkedHashMap<>();
        commands.forEach(command -> parts.computeIfAbsent(redis.serverOf(command), server -> new ArrayList<>())
                .add(command));
        Map<CommandObject<T>, T> results = new IdentityHashMap<>();
        Optional<PluginFailure> failure = Optional.empty();
        for (Map.Entry<HostAndPort, List<CommandObject<T>>> part : parts.entrySet()) {
            try {
                List<CommandObject<T>> here = part.getValue();
                List<Outcome<T>> outcomes = redis.callAllAt(part.getKey(), purpose, here);
                for (int i = 0; i < here.size(); i++) {
                    results.put(here.get(i), result(purpose, here.get(i), outcomes.get(i), ofAnotherType));
                }
            } catch (PluginFailure e) {
                failure = failure.or(() -> Optional.of(e));
            }
        }
        if (failure.isPresent()) {
            throw failure.get();
        }
        return commands.stream().map(results::get).toList();
    }

    private <T> T result(Purpose purpose, CommandObject<T> command, Outcome<T> outcome, T ofAnotherType) {
        if (outcome.error().isPresent() && outcome.error().get() instanceof JedisRedirectionException) {
            redis.noteMove();
            return redis.call(purpose, command, ofAnotherType);
        }
        return outcome.result().orElse(ofAnotherType);
    }
}
