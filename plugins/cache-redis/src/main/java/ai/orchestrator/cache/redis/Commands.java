package ai.orchestrator.cache.redis;

import ai.orchestrator.plugin.cache.CacheEntry;
import ai.orchestrator.plugin.cache.CacheKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import redis.clients.jedis.Builder;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.CommandObjects;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.params.SetParams;

/** The commands that the cache uses, each about one key or none, and how their replies are read. */
final class Commands {
    private static final CommandObjects JEDIS = new CommandObjects(RedisProtocol.RESP2);
    private static final Duration MAX_TTL = Duration.ofDays(100L * 365);
    private static final byte[] REMOVE_IF = """
            if redis.call('GETRANGE', KEYS[1], 0, #ARGV[1] - 1) == ARGV[1] then
              return redis.call('UNLINK', KEYS[1])
            end
            return 0
            """.getBytes(StandardCharsets.UTF_8);

    private Commands() {}

    /**
     * The value under a name.
     *
     * @param reader is given the value, and may throw where it cannot be the answer
     */
    static <T> CommandObject<Optional<T>> get(byte[] name, Function<byte[], T> reader) {
        return with(JEDIS.get(name), Replies.of(reply -> Optional.ofNullable((byte[]) reply)
                .map(reader)));
    }

    /** Stores an entry that goes by itself. */
    static CommandObject<Boolean> set(byte[] name, CacheKey key, CacheEntry entry, Duration ttl) {
        long millis = ttl.compareTo(MAX_TTL) < 0 ? Math.max(1, ttl.toMillis()) : MAX_TTL.toMillis();
        return with(
                JEDIS.set(
                        name,
                        EntryHeader.encode(key, entry),
                        SetParams.setParams().px(millis)),
                Replies.word("OK"));
    }

    /** Removes a key; says how many there were, 0 or 1. */
    static CommandObject<Long> unlink(byte[] name) {
        return with(JEDIS.unlink(name), Replies.atMostOne());
    }

    /** Removes a key if its value still begins so; says how many were removed. */
    static CommandObject<Long> unlinkIf(byte[] name, byte[] start) {
        return with(JEDIS.eval(REMOVE_IF, List.of(name), List.of(start)), Replies.atMostOne());
    }

    /** The first bytes of a value; none where there is no such key. */
    static CommandObject<byte[]> start(byte[] name, int length) {
        return with(JEDIS.getrange(name, 0, length - 1), Replies.bytes());
    }

    /** Some of a server's keys. */
    static CommandObject<ScanPage> scan(byte[] cursor, ScanParams params) {
        return with(JEDIS.scan(cursor, params), Replies.of(ScanPage::read));
    }

    /** How many keys a server has. */
    static CommandObject<Long> size() {
        return with(JEDIS.dbSize(), Replies.number());
    }

    /** A section of what a server says of itself. */
    static CommandObject<String> info(String section) {
        return with(JEDIS.info(section), Replies.text());
    }

    /** Asks for a sign of life. */
    static CommandObject<Boolean> ping() {
        return with(JEDIS.ping(), Replies.word("PONG"));
    }

    private static <T> CommandObject<T> with(CommandObject<?> command, Builder<T> reader) {
        return new CommandObject<>(command.getArguments(), reader);
    }
}
