package ai.orchestrator.cache.redis;

import redis.clients.jedis.exceptions.JedisException;

/** What came is not what Redis answers to such a command. The connection is of no use any more: nobody knows where the next reply begins. */
final class BadReplyException extends JedisException {
    private static final long serialVersionUID = 1L;

    BadReplyException(String message) {
        super(message);
    }

    BadReplyException(Throwable cause) {
        super(cause);
    }
}
