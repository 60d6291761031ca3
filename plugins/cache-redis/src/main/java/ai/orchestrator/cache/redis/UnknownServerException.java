package ai.orchestrator.cache.redis;

import redis.clients.jedis.exceptions.JedisException;

/** Which server to ask is not known. The message goes on after "Redis ", without a full stop. */
final class UnknownServerException extends JedisException {
    private static final long serialVersionUID = 1L;

    UnknownServerException(String message) {
        super(message);
    }

    UnknownServerException(String message, Throwable cause) {
        super(message, cause);
    }
}
