package ai.orchestrator.cache.redis;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import java.net.SocketTimeoutException;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * What a failed call means.
 *
 * @param what goes on after "Redis ", without a full stop
 */
record RedisFault(Effect effect, FailureCode code, String what, RuntimeException cause) {
    /** What the fault says about Redis as a whole. */
    enum Effect {
        /** Nothing. */
        NONE,
        /** It still answers reads. */
        READ_ONLY,
        /** It is of no use at present. */
        DOWN
    }

    static RedisFault of(RuntimeException cause) {
        if (has(cause, InterruptedException.class) || Thread.currentThread().isInterrupted()) {
            return new RedisFault(Effect.NONE, FailureCode.TIMEOUT, "was not waited for to the end", cause);
        }
        if (has(cause, JedisAccessControlException.class)) {
            return ofRefusedLogin(cause);
        }
        if (has(cause, SSLHandshakeException.class)) {
            return new RedisFault(
                    Effect.DOWN,
                    FailureCode.UNAVAILABLE,
                    "shows no TLS certificate that is trusted and made out for this host",
                    cause);
        }
        if (has(cause, SocketTimeoutException.class)) {
            return new RedisFault(Effect.DOWN, FailureCode.TIMEOUT, "does not answer in time", cause);
        }
        if (has(cause, NoSuchElementException.class)) {
            return new RedisFault(Effect.NONE, FailureCode.TIMEOUT, "has no connection free for another call", cause);
        }
        return find(cause, JedisDataException.class)
                .map(reply -> ofErrorReply(String.valueOf(reply.getMessage()), cause))
                .orElseGet(() -> new RedisFault(Effect.DOWN, FailureCode.UNAVAILABLE, "cannot be reached", cause));
    }

    private static RedisFault ofRefusedLogin(RuntimeException cause) {
        boolean onlyThisCommand = find(cause, JedisAccessControlException.class)
                .filter(refusal -> String.valueOf(refusal.getMessage()).startsWith("NOPERM"))
                .isPresent();
        return onlyThisCommand
                ? new RedisFault(
                        Effect.READ_ONLY,
                        FailureCode.CREDENTIALS,
                        "denies the configured user a command it needs",
                        cause)
                : new RedisFault(
                        Effect.DOWN, FailureCode.CREDENTIALS, "refuses the configured user or password", cause);
    }

    private static RedisFault ofErrorReply(String reply, RuntimeException cause) {
        // contained, not leading: Redis 6 wraps what happened within a script
        if (reply.contains("OOM command not allowed")) {
            return new RedisFault(Effect.READ_ONLY, FailureCode.OVERLOADED, "is full and stores nothing more", cause);
        }
        // EXECABORT: all that a transaction of ours holds is writes
        if (Stream.of("READONLY", "MISCONF", "NOREPLICAS", "EXECABORT").anyMatch(reply::contains)) {
            return new RedisFault(Effect.READ_ONLY, FailureCode.UNAVAILABLE, "takes no writes at present", cause);
        }
        String error = reply.split(" ", 2)[0];
        return new RedisFault(Effect.DOWN, FailureCode.UNAVAILABLE, "answers with the error " + error, cause);
    }

    /** True if the connection was lost or refused, which a fresh connection may mend. */
    boolean isBrokenConnection() {
        return effect == Effect.DOWN && code == FailureCode.UNAVAILABLE && has(cause, JedisConnectionException.class);
    }

    PluginFailure toFailure() {
        String message = "Redis " + what + ".";
        return code == FailureCode.CREDENTIALS
                ? new PluginFailure.Permanent(code, message, cause)
                : new PluginFailure.Retriable(code, message, cause);
    }

    private static boolean has(Throwable fault, Class<? extends Throwable> type) {
        return find(fault, type).isPresent();
    }

    private static <T extends Throwable> Optional<T> find(Throwable fault, Class<T> type) {
        return Stream.iterate(fault, cause -> cause != null, Throwable::getCause)
                .limit(20)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }
}
