package ai.orchestrator.cache.redis;

import redis.clients.jedis.exceptions.JedisException;

/** The value that came was stored under another key: it is the answer to another question, or somebody renamed it. */
final class OtherKeyException extends JedisException {
    private static final long serialVersionUID = 1L;

    OtherKeyException() {
        super("an entry of another key");
    }
}
