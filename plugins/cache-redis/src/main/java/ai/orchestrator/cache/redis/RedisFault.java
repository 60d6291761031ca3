package ai.orchestrator.cache.redis;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import java.net.SocketTimeoutException;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.regex.Pattern;
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
    /** What the fault says about the server as a whole. */
    enum Effect {
        /** Nothing. */
        NONE,
        /** It still answers reads. */
        READ_ONLY,
        /** It is of no use at present. */
        DOWN
    }

    private static final Pattern REFUSAL = Pattern.compile("(WRONGPASS|NOAUTH|NOPERM)\\b.*");
    private static final Pattern ERROR_NAME = Pattern.compile("([A-Z]{2,20})\\b.*", Pattern.DOTALL);
    private static final String NO_LOGIN = "refuses the configured user or password";

    static RedisFault of(RuntimeException cause) {
        if (has(cause, InterruptedException.class) || Thread.currentThread().isInterrupted()) {
            return new RedisFault(Effect.NONE, FailureCode.TIMEOUT, "was not waited for to the end", cause);
        }
        if (cause instanceof UnknownServerException) {
            return new RedisFault(Effect.DOWN, codeOf(cause), String.valueOf(cause.getMessage()), cause);
        }
        if (cause instanceof OtherKeyException) {
            return new RedisFault(Effect.NONE, FailureCode.BAD_REPLY, "answers with the entry of another key", cause);
        }
        if (has(cause, BadReplyException.class)) {
            return new RedisFault(Effect.DOWN, FailureCode.BAD_REPLY, "answers with what is no reply of Redis", cause);
        }
        if (has(cause, SSLHandshakeException.class)) {
            return down(cause, "shows no TLS certificate that is trusted and made out for this host");
        }
        if (has(cause, NoSuchElementException.class)) {
            return new RedisFault(Effect.NONE, FailureCode.TIMEOUT, "has no connection free for another call", cause);
        }
        if (has(cause, SocketTimeoutException.class)) {
            return new RedisFault(Effect.DOWN, FailureCode.TIMEOUT, "does not answer in time", cause);
        }
        return find(cause, JedisDataException.class)
                .map(reply -> ofErrorReply(String.valueOf(reply.getMessage()), cause))
                .orElseGet(() -> down(cause, "cannot be reached"));
    }

    /** True if an error says that the login, or the lack of one, was refused, or a right is missing. */
    static boolean isRefusal(String reply) {
        return REFUSAL.matcher(reply).matches();
    }

    /** True if the same call may do better on a fresh connection at once: the one it had was lost, or out of step. */
    boolean isOfTheConnection() {
        return code == FailureCode.BAD_REPLY
                || code == FailureCode.UNAVAILABLE && has(cause, JedisConnectionException.class);
    }

    PluginFailure toFailure() {
        String message = "Redis " + what + ".";
        return code == FailureCode.CREDENTIALS
                ? new PluginFailure.Permanent(code, message, cause)
                : new PluginFailure.Retriable(code, message, cause);
    }

    private static RedisFault ofErrorReply(String reply, RuntimeException cause) {
        if (reply.startsWith("NOPERM")) {
            return new RedisFault(
                    Effect.READ_ONLY,
                    FailureCode.CREDENTIALS,
                    "denies the configured user a command or a key it needs",
                    cause);
        }
        if (reply.startsWith("NOAUTH")) {
            return new RedisFault(
                    Effect.DOWN, FailureCode.CREDENTIALS, "asks for a password, and none is configured", cause);
        }
        if (isRefusal(reply) || reply.contains("without any password configured")) {
            return new RedisFault(Effect.DOWN, FailureCode.CREDENTIALS, NO_LOGIN, cause);
        }
        if (reply.contains("OOM command not allowed")) {
            return new RedisFault(Effect.READ_ONLY, FailureCode.OVERLOADED, "is full and stores nothing more", cause);
        }
        if (Stream.of("READONLY", "MISCONF", "NOREPLICAS").anyMatch(reply::contains)) {
            return new RedisFault(Effect.READ_ONLY, FailureCode.UNAVAILABLE, "takes no writes at present", cause);
        }
        if (reply.startsWith("LOADING")) {
            return down(cause, "is still loading its data");
        }
        if (reply.startsWith("CLUSTERDOWN")) {
            return down(cause, "has a cluster that is not complete at present");
        }
        if (reply.startsWith("MOVED") || reply.startsWith("ASK ")) {
            return down(cause, "is part of a cluster: the url has to begin with redis-cluster:// or rediss-cluster://");
        }
        if (reply.contains("cluster support disabled")) {
            return down(cause, "is no part of a cluster: the url has to begin with redis:// or rediss://");
        }
        if (reply.contains("unknown command") && reply.contains("SENTINEL")) {
            return down(cause, "is no Sentinel");
        }
        // nothing but a well-formed name: the rest may be anything
        var name = ERROR_NAME.matcher(reply);
        return down(cause, name.matches() ? "answers with the error " + name.group(1) : "answers with an error");
    }

    private static RedisFault down(RuntimeException cause, String what) {
        return new RedisFault(Effect.DOWN, FailureCode.UNAVAILABLE, what, cause);
    }

    private static FailureCode codeOf(RuntimeException unknownServer) {
        return has(unknownServer, JedisAccessControlException.class)
                ? FailureCode.CREDENTIALS
                : FailureCode.UNAVAILABLE;
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
